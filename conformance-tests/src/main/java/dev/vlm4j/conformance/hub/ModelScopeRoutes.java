package dev.vlm4j.conformance.hub;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What ModelScope answers. Source: what its Python client sends and reads; nothing was recorded
 * from the service itself.
 */
final class ModelScopeRoutes {
  private static final Pattern FILES =
      Pattern.compile("/api/v1/models/([^/]+/[^/]+)/repo/files\\?Revision=([^&]+)&Recursive=True");
  private static final Pattern FILE =
      Pattern.compile("/api/v1/models/([^/]+/[^/]+)/repo\\?Revision=([^&]+)&FilePath=(.+)");

  private final HubDouble hub;

  ModelScopeRoutes(HubDouble hub) {
    this.hub = hub;
  }

  static boolean isFor(RecordedRequest request) {
    return request.target().startsWith("/api/v1/");
  }

  Reply answer(RecordedRequest request) {
    if (request.target().equals("/api/v1/models?PageSize=1")) {
      return success("{\"Models\":[],\"TotalCount\":0}");
    }
    Matcher files = FILES.matcher(request.target());
    if (files.matches()) {
      return find(request, files.group(1))
          .flatMap(r -> r.resolve(decode(files.group(2))).map(commit -> files(r, commit)))
          .orElseGet(ModelScopeRoutes::missing);
    }
    Matcher file = FILE.matcher(request.target());
    if (file.matches()) {
      return find(request, file.group(1))
          .flatMap(r -> content(request, r, decode(file.group(2)), decode(file.group(3))))
          .orElseGet(ModelScopeRoutes::missing);
    }
    return missing();
  }

  private Optional<HubRepository> find(RecordedRequest request, String id) {
    boolean known = request.header("cookie").equals(Optional.of("m_session_id=" + hub.token()));
    return hub.find(id)
        .filter(r -> known || r.access() == HubRepository.Access.OPEN)
        .filter(r -> r.access() != HubRepository.Access.DISABLED);
  }

  private static Reply missing() {
    return failure(404, 10010205001L, "record not found");
  }

  /** Returns a failure as the service words it. */
  static Reply failure(int status, long code, String message) {
    return Reply.json(
        status,
        "{\"Code\":%d,\"Data\":null,\"Message\":\"%s\",\"RequestId\":\"r-1\",\"Success\":false}"
            .formatted(code, message));
  }

  private static Reply success(String data) {
    return Reply.json(
        200,
        "{\"Code\":200,\"Data\":"
            + data
            + ",\"Message\":\"success\",\"RequestId\":\"r-1\",\"Success\":true}");
  }

  private static Reply files(HubRepository repository, String commit) {
    List<String> entries =
        repository.files(commit).values().stream().map(file -> entry(file, commit)).toList();
    return success(
        "{\"Files\":[{\"Name\":\"folder\",\"Path\":\"folder\",\"Type\":\"tree\",\"Size\":0},"
            + String.join(",", entries)
            + "]}");
  }

  private static String entry(HubFile file, String commit) {
    String path = HubRoutes.quoted(file.path());
    return "{\"Name\":%s,\"Path\":%s,\"Type\":\"blob\",\"Size\":%d,\"Sha256\":\"%s\",\"Revision\":\"%s\",\"IsLFS\":%s}"
        .formatted(path, path, file.content().size(), file.sha256(), commit, file.large());
  }

  private static Optional<Reply> content(
      RecordedRequest request, HubRepository repository, String revision, String path) {
    return repository
        .resolve(revision)
        .map(commit -> repository.files(commit).get(path))
        .map(file -> HubRoutes.bytes(request, file));
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
