package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.vlm4j.error.ErrorCode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The questions to ModelScope. One listing is a consistent state: every file of it has a SHA-256,
 * which is checked, so that its own hash can name the state as a commit does. Source: <a
 * href="https://github.com/modelscope/modelscope/blob/master/modelscope/hub/api.py">its client</a>.
 */
final class ModelScopeApi implements HubProtocol {
  /** The service lists no more, and does not say that there is more. */
  private static final int MOST_ENTRIES = 3_000;

  private static final int SUCCESS = 200;

  /** Stands for a file of which no commit is told. */
  private static final String NO_COMMIT = "0".repeat(40);

  private final HubAnswers answers;
  private final HubEndpoint endpoint;

  ModelScopeApi(HubAnswers answers, HubEndpoint endpoint) {
    this.answers = answers;
    this.endpoint = endpoint;
  }

  @Override
  public ResolvedCommit ask(
      RepositoryId id,
      Revision revision,
      boolean patient,
      Listings listings,
      DownloadControl control) {
    Optional<List<RemoteFile>> stored =
        revision.isCommit() ? listings.read(revision.text()) : Optional.empty();
    if (stored.isPresent()) {
      return new ResolvedCommit(revision.text(), Optional.empty(), stored.get());
    }
    List<RemoteFile> files =
        answers.get(
            endpoint.modelScopeFiles(id, revision),
            patient,
            control,
            (body, response) -> files(body, control));
    String state = state(files);
    if (listings.read(state).isEmpty()) {
      listings.write(state, files);
    }
    return new ResolvedCommit(state, Optional.empty(), files);
  }

  private List<RemoteFile> files(JsonNode body, DownloadControl control) {
    checkSuccess(body, control);
    JsonNode entries = body.path("Data").path("Files");
    if (!entries.isArray()) {
      throw answers.invalid("lists no files", control);
    }
    if (entries.size() >= MOST_ENTRIES) {
      throw answers.invalid(
          "lists "
              + entries.size()
              + " entries, the most that it tells of, so files may be missing",
          control);
    }
    List<RemoteFile> files = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (!entry.path("Type").asText("").equals("blob")) {
        continue;
      }
      files.add(answers.checked(file(entry), control));
    }
    return files;
  }

  /** What Git would call the file is not told; the commit that it is from takes that place. */
  private static Optional<RemoteFile> file(JsonNode entry) {
    String commit = entry.path("Revision").asText("");
    JsonNode size = entry.path("Size").isMissingNode() ? IntNode.valueOf(-1) : entry.path("Size");
    return RemoteFile.of(
        entry.path("Path").asText(""),
        size,
        Revision.isCommit(commit) ? commit : NO_COMMIT,
        entry.path("Sha256").asText(""),
        "");
  }

  /** Failures come with status 200 too. */
  private void checkSuccess(JsonNode body, DownloadControl control) {
    int code = body.path("Code").asInt(0);
    if (code == SUCCESS && body.path("Success").asBoolean(true)) {
      return;
    }
    String said = Printable.of(body.path("Message").asText("it does not say why"));
    ErrorCode error =
        switch (code) {
          case 401, 403 -> ErrorCode.HUB_FORBIDDEN;
          case 404 -> ErrorCode.HUB_REPOSITORY_NOT_FOUND;
          default -> ErrorCode.HUB_RESPONSE_INVALID;
        };
    throw new HubException(
        error,
        "ModelScope refuses "
            + control.subject().what()
            + " with code "
            + code
            + " ('"
            + said
            + "'): check the name and the revision, and set MODELSCOPE_API_TOKEN if it is private",
        control.subject());
  }

  /** Returns the hash of a listing, in the form of a commit. */
  private static String state(List<RemoteFile> files) {
    MessageDigest digest = sha1();
    files.stream()
        .sorted(Comparator.comparing(RemoteFile::path))
        .map(file -> file.path() + "\0" + file.etag() + "\n")
        .forEach(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }

  /** A file is asked for at the commit that the listing gives, so that a branch may move on. */
  @Override
  public URI file(RepositoryId id, Revision revision, String commit, RemoteFile file) {
    String from = file.blobId().equals(NO_COMMIT) ? revision.text() : file.blobId();
    return endpoint.modelScopeFile(id, from, file.path());
  }

  @Override
  public void ping(DownloadControl control) {
    answers.get(
        endpoint.modelScopeModels(),
        false,
        control,
        (body, response) -> {
          checkSuccess(body, control);
          return body;
        });
  }
}
