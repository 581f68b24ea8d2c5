package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One commit of a repository: its listing, and the files of it that are in the cache. All files
 * come from this commit, whatever the branch does meanwhile. Use it from one thread.
 */
public final class HubSnapshot {
  private static final int POINTING_TRIES = 3;
  private static final int NAMED = 3;
  private static final String TAG =
      "Signature: 8a477f597d28d172789f06886806bc55\n"
          + "# This file is a cache directory tag created by huggingface_hub.\n"
          + "# For information about cache directory tags, see:\n"
          + "#\thttps://bford.info/cachedir/\n";

  private final HubSettings settings;
  private final HubRequests requests;
  private final CacheLayout layout;
  private final Revision revision;
  private final String commit;
  private final Map<String, RemoteFile> listing;
  private final Optional<RepositoryInfo> info;
  private final BlobWriter blobs;
  private final SnapshotFolder folder;
  private final DownloadListener listener;

  HubSnapshot(
      HubSettings settings,
      HubRequests requests,
      CacheLayout layout,
      Revision revision,
      ResolvedCommit resolved,
      DownloadListener listener) {
    this.settings = settings;
    this.requests = requests;
    this.layout = layout;
    this.revision = revision;
    this.commit = resolved.commit();
    this.info = resolved.info();
    this.listing =
        resolved.files().stream()
            .collect(Collectors.toMap(RemoteFile::path, file -> file, (a, b) -> a, TreeMap::new));
    this.listener = listener;
    this.blobs = new BlobWriter(layout, requests, new VerifiedFiles(layout), commit, this::address);
    this.folder = new SnapshotFolder(layout, commit, new LinkSupport(settings, control()));
  }

  private DownloadControl control() {
    return new DownloadControl(listener, Subject.of(layout.id(), revision));
  }

  /** Returns the folder that holds the files of the commit. */
  public Path folder() {
    return folder.path();
  }

  /** Returns the commit. */
  public String commit() {
    return commit;
  }

  /** Returns what the Hub says about the repository; empty if it was not asked. */
  public Optional<RepositoryInfo> info() {
    return info;
  }

  /** Returns the names of all files of the commit; those in the cache if the listing is unknown. */
  public Collection<String> names() {
    return List.copyOf(listing.isEmpty() ? cachedNames() : listing.keySet());
  }

  private List<String> cachedNames() {
    try {
      return CachedNames.below(folder.path());
    } catch (IOException e) {
      throw DiskSpace.failure(settings.cache(), 0, e);
    }
  }

  /** Returns the size of a file of the listing; 0 if it is unknown. */
  public long size(String name) {
    RemoteFile file = listing.get(name);
    return file == null ? 0 : file.size();
  }

  /** Returns whether a file is in the cache with the right size. */
  public boolean isCached(String name) {
    try {
      RemoteFile file = listing.get(name);
      Path content = folder.content(name);
      long size = FileSize.of(content);
      return size != FileSize.NONE && (file == null || size == file.size());
    } catch (IOException e) {
      throw DiskSpace.failure(settings.cache(), 0, e);
    }
  }

  /**
   * Makes files present and checks them.
   *
   * @throws VlmException {@code HUB_OFFLINE} if one is missing and must not be fetched, {@code
   *     HUB_NAME_REFUSED}, {@code DISK_FULL}, {@code DOWNLOAD_CORRUPT}, {@code DOWNLOAD_CANCELLED},
   *     {@code IO_FAILURE}, or what the Hub answered
   */
  public void fetch(Collection<String> names) {
    RepositoryPath.check(names, layout.id().text());
    DownloadControl control = control();
    long bytes = 0;
    try {
      List<RemoteFile> missing = missing(names, control);
      bytes = missing.stream().mapToLong(RemoteFile::size).sum();
      if (missing.isEmpty()) {
        return;
      }
      checkOnline(missing);
      prepare(bytes);
      control.start(missing.size(), bytes);
      try {
        new FetchJob(control, Math.min(settings.parallelFiles(), missing.size()))
            .run(missing, file -> fetch(file, control.forFile(file.path())));
      } finally {
        control.end();
      }
    } catch (IOException e) {
      throw DiskSpace.failure(settings.cache(), bytes, e);
    }
  }

  private List<RemoteFile> missing(Collection<String> names, DownloadControl control)
      throws IOException {
    List<RemoteFile> missing = new ArrayList<>();
    for (String name : names) {
      RemoteFile file = listing.get(name);
      if (file != null && !blobs.isComplete(folder.content(name), file, control)) {
        missing.add(file);
      } else if (file == null && !Files.isRegularFile(folder.content(name))) {
        throw absent(name);
      }
    }
    return missing;
  }

  private HubException absent(String name) throws IOException {
    if (!listing.isEmpty()) {
      rememberAbsent(name);
    }
    return new HubException(
        ErrorCode.HUB_FILE_NOT_FOUND,
        "the file " + Printable.of(name) + " is not there; check the name",
        Subject.of(layout.id(), revision));
  }

  private void checkOnline(List<RemoteFile> missing) {
    if (settings.offline()) {
      throw new HubException(
          ErrorCode.HUB_OFFLINE,
          "offline mode, and the cache lacks "
              + missing.stream()
                  .map(RemoteFile::path)
                  .limit(NAMED)
                  .collect(Collectors.joining(", "))
              + (missing.size() > NAMED ? " and " + (missing.size() - NAMED) + " more files" : "")
              + ": load it once without offline mode",
          Subject.of(layout.id(), revision));
    }
  }

  private void prepare(long bytes) throws IOException {
    DiskSpace.check(settings.cache(), bytes);
    Files.createDirectories(layout.blobs());
    if (!Files.exists(layout.tag())) {
      AtomicFile.write(layout.tag(), TAG.getBytes(StandardCharsets.US_ASCII));
    }
    BlobWriter.deleteStale(layout.blobs());
  }

  private void fetch(RemoteFile file, DownloadControl control) throws IOException {
    try {
      for (int attempt = 1; ; attempt++) {
        boolean fresh = blobs.fetch(file, control);
        if (point(file, fresh, attempt)) {
          return;
        }
      }
    } catch (HubException e) {
      if (e.code() == ErrorCode.HUB_FILE_NOT_FOUND) {
        rememberAbsent(file.path());
      }
      throw e;
    }
  }

  /** Without links, another process may have moved the blob to its own snapshot: fetch it again. */
  private boolean point(RemoteFile file, boolean fresh, int attempt) throws IOException {
    try {
      folder.point(file.path(), layout.blob(file.etag()), fresh);
      return true;
    } catch (NoSuchFileException e) {
      if (attempt == POINTING_TRIES) {
        throw e;
      }
      return false;
    }
  }

  /** The official client keeps this too, so that it need not ask again. */
  private void rememberAbsent(String name) throws IOException {
    Path absent = layout.absent(commit, name);
    Files.createDirectories(absent.getParent());
    if (!Files.exists(absent)) {
      Files.createFile(absent);
    }
  }

  /**
   * Returns bytes from the middle of a file, from the cache or from the Hub; nothing is stored.
   * What comes from the Hub cannot be checked against a hash.
   *
   * @throws VlmException {@code HUB_OFFLINE}, {@code HUB_NAME_REFUSED}, {@code IO_FAILURE}, or what
   *     the Hub answered
   */
  public byte[] read(String name, long from, int length) {
    RepositoryPath.check(List.of(name), layout.id().text());
    DownloadControl control = control().forFile(name);
    if (isCached(name)) {
      return readCached(name, from, length);
    }
    Map<String, String> range = Map.of("Range", "bytes=" + from + "-" + (from + length - 1));
    return requests.exchange(
        address(listed(name)),
        () -> range,
        requests.timeout(true),
        requests.retries(true),
        control,
        response -> part(response, from, length));
  }

  private URI address(RemoteFile file) {
    return requests.protocol().file(layout.id(), revision, commit, file);
  }

  private RemoteFile listed(String name) {
    RemoteFile file = listing.get(name);
    if (file == null) {
      throw new HubException(
          ErrorCode.HUB_FILE_NOT_FOUND,
          "the file " + Printable.of(name) + " is not there; check the name",
          Subject.of(layout.id(), revision));
    }
    return file;
  }

  private byte[] readCached(String name, long from, int length) {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(folder.content(name))) {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, from + buffer.position()) < 0) {
          throw new EOFException(name + " is shorter than it was");
        }
      }
      return buffer.array();
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot read " + name + ": " + e + "; check that it is there and may be read",
          e);
    }
  }

  /** A server that ignores the range sends the file from its start. */
  private static byte[] part(HubResponse response, long from, int length) throws IOException {
    InputStream in = response.content();
    if (response.status() == HttpURLConnection.HTTP_OK) {
      in.skipNBytes(from);
    }
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the server sends less than was asked for");
    }
    return bytes;
  }

  /** Stores what the revision is now, for offline use; leaves a read-only cache alone. */
  public void remember() {
    if (revision.isCommit()) {
      return;
    }
    try {
      RefFile.write(layout.ref(revision), commit);
    } catch (IOException e) {
      System.getLogger(HubSnapshot.class.getName())
          .log(System.Logger.Level.DEBUG, "the revision cannot be stored", e);
    }
  }

  /**
   * As {@link #remember}, unless the revision is stored already: for those who have fetched some
   * files only, and must not hide an earlier commit that is whole.
   */
  public void rememberUnlessKnown() {
    if (!revision.isCommit() && RefFile.read(layout.ref(revision)).isEmpty()) {
      remember();
    }
  }
}
