package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fetches the bytes of one file, going on where a broken connection stopped. Hashes on the way and
 * takes no byte more than the listing says.
 */
final class BlobTransfer implements HubRequests.Reader<Boolean> {
  private static final int BUFFER = 1 << 17;
  private static final long ALIVE = 1 << 18;
  private static final int PARTIAL = 206;
  private static final int RANGE_REFUSED = 416;
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)");

  private final HubRequests requests;
  private final RemoteFile file;
  private final String commit;
  private final DownloadControl control;
  private final FileChannel target;
  private final BlobDigest digest;
  private final Retries retries;
  private long position;
  private boolean fromStart;

  BlobTransfer(
      HubRequests requests,
      RemoteFile file,
      String commit,
      DownloadControl control,
      FileChannel target) {
    this.requests = requests;
    this.file = file;
    this.commit = commit;
    this.control = control;
    this.target = target;
    this.digest = new BlobDigest(file.etag(), file.size());
    this.retries = requests.retries(true);
  }

  /** Returns whether the target now holds the content; if not, it holds something else. */
  boolean fetch(URI address) {
    boolean complete =
        requests.exchange(address, this::range, requests.timeout(true), retries, control, this);
    return complete && digest.matches();
  }

  private Map<String, String> range() {
    return position > 0 && !fromStart ? Map.of("Range", "bytes=" + position + "-") : Map.of();
  }

  @Override
  public boolean accepts(int status) {
    return status < 300 || (status == RANGE_REFUSED && position > 0);
  }

  @Override
  public Boolean read(HubResponse response) throws IOException {
    checkCommit(response);
    if (response.status() == RANGE_REFUSED) {
      fromStart = true;
      throw new IOException("the server refuses to go on in the middle");
    }
    if (response.status() != PARTIAL || !continues(response)) {
      restart();
    }
    if (response.status() == PARTIAL && position == 0 && !startsAt(response, 0)) {
      fromStart = true;
      throw new IOException("the server sends another part than was asked for");
    }
    fromStart = response.isCompressed();
    return copy(response);
  }

  /** A server that is between two states could mix files of two commits. */
  private void checkCommit(HubResponse response) {
    Optional<String> said = response.first().firstValue("x-repo-commit");
    if (said.isPresent() && !said.get().equals(commit)) {
      throw new HubException(
          ErrorCode.HUB_RESPONSE_INVALID,
          "the Hub sends " + control.subject().what() + " from another commit; try again",
          control.subject());
    }
  }

  private boolean continues(HubResponse response) {
    return position > 0 && startsAt(response, position) && !response.isCompressed();
  }

  private boolean startsAt(HubResponse response, long wanted) {
    Matcher range = CONTENT_RANGE.matcher(response.header("content-range").orElse("").strip());
    return range.matches()
        && Long.parseLong(range.group(1)) == wanted
        && (range.group(2).equals("*") || Long.parseLong(range.group(2)) == file.size());
  }

  private void restart() throws IOException {
    control.bytes(-position);
    position = 0;
    digest.reset();
    writing(() -> target.truncate(0));
  }

  private boolean copy(HubResponse response) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long begin = position;
    InputStream in = response.content();
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      if (position + n > file.size()) {
        return false;
      }
      write(buffer, n);
      if (position - begin >= ALIVE) {
        retries.reset();
      }
    }
    if (position < file.size() && response.header("content-length").isEmpty()) {
      throw new IOException("the connection ended after " + position + " bytes");
    }
    return position == file.size();
  }

  private void write(byte[] bytes, int length) {
    digest.update(bytes, length);
    ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
    long start = position;
    writing(
        () -> {
          while (rest.hasRemaining()) {
            target.write(rest, start + rest.position());
          }
        });
    position += length;
    control.bytes(length);
  }

  /** Work on the disk; its failures are not the network's and are not tried again. */
  private interface DiskWork {
    void run() throws IOException;
  }

  private void writing(DiskWork work) {
    try {
      work.run();
    } catch (IOException e) {
      throw new DiskFailure(e);
    }
  }

  /** A failure to write, on its way to {@link BlobWriter}, which knows the folder. */
  static final class DiskFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient IOException failure;

    DiskFailure(IOException failure) {
      super(failure);
      this.failure = failure;
    }

    IOException failure() {
      return failure;
    }
  }
}
