package dev.vlm4j.conformance.hub;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Hub itself answers. Source: what the official client sends and reads. */
final class HubRoutes {
  private static final Pattern INFO =
      Pattern.compile("/api/models/([^/]+(?:/[^/]+)?)(?:/revision/([^/?]+))?(?:\\?.*)?");
  private static final Pattern TREE =
      Pattern.compile("/api/models/([^/]+(?:/[^/]+)?)/tree/([^/?]+)(?:\\?(.*))?");
  private static final Pattern FILE =
      Pattern.compile("/([^/]+(?:/[^/]+)?)/resolve/([^/]+)/([^?]+)");
  private static final Pattern CURSOR = Pattern.compile("cursor=(\\d+)");

  private final HubDouble hub;

  HubRoutes(HubDouble hub) {
    this.hub = hub;
  }

  Reply answer(RecordedRequest request) {
    if (request.target().equals("/api/models?limit=1")) {
      return isRefused(request) ? badToken() : Reply.json(200, "[{\"id\": \"org/any\"}]");
    }
    Matcher tree = TREE.matcher(request.target());
    if (tree.matches()) {
      return in(request, tree.group(1), tree.group(2), "", (r, c) -> tree(r, c, tree));
    }
    Matcher info = INFO.matcher(request.target());
    if (info.matches()) {
      String revision = info.group(2) == null ? "main" : info.group(2);
      return in(request, info.group(1), revision, "", HubRoutes::info);
    }
    Matcher file = FILE.matcher(request.target());
    if (file.matches()) {
      String path = decode(file.group(3));
      return in(request, file.group(1), file.group(2), path, (r, c) -> file(request, r, c, path));
    }
    return Reply.error(404, "", "Not Found");
  }

  private boolean isRefused(RecordedRequest request) {
    return request
        .header("authorization")
        .filter(header -> !header.equals("Bearer " + hub.token()))
        .isPresent();
  }

  private static Reply badToken() {
    return Reply.error(401, "", "Invalid credentials in Authorization header");
  }

  private interface Route {
    Reply of(HubRepository repository, String commit);
  }

  /** The checks that come before every answer about a repository. */
  private Reply in(RecordedRequest request, String id, String revision, String path, Route route) {
    Optional<HubRepository> found = hub.find(id);
    boolean known = request.header("authorization").equals(Optional.of("Bearer " + hub.token()));
    if (isRefused(request)) {
      return badToken();
    }
    if (found.isEmpty()) {
      return known
          ? Reply.error(404, "RepoNotFound", "Repository not found")
          : Reply.error(401, "RepoNotFound", "Repository not found");
    }
    HubRepository repository = found.get();
    HubRepository.Access access = repository.access();
    if (access == HubRepository.Access.DISABLED) {
      return Reply.error(403, "", "Access to this resource is disabled.");
    }
    if (access == HubRepository.Access.PRIVATE && !known) {
      return Reply.error(401, "RepoNotFound", "Repository not found");
    }
    if (access == HubRepository.Access.GATED && !known && !path.isEmpty()) {
      return Reply.error(
          403, "GatedRepo", "Access to model " + id + " is restricted. You must be authenticated.");
    }
    return repository
        .resolve(decode(revision))
        .map(commit -> route.of(repository, commit))
        .orElseGet(
            () -> Reply.error(404, "RevisionNotFound", "Invalid rev id: " + decode(revision)));
  }

  private static Reply info(HubRepository repository, String commit) {
    List<String> siblings =
        repository.files(commit).keySet().stream()
            .map(path -> "{\"rfilename\":" + quoted(path) + "}")
            .toList();
    boolean gated = repository.access() == HubRepository.Access.GATED;
    return Reply.json(
        200,
        "{\"id\":"
            + quoted(repository.id())
            + ",\"sha\":"
            + quoted(commit)
            + ",\"private\":"
            + (repository.access() == HubRepository.Access.PRIVATE)
            + ",\"disabled\":false,\"gated\":"
            + (gated ? "\"auto\"" : "false")
            + ",\"tags\":[\"safetensors\","
            + quoted("license:" + repository.license())
            + "],\"siblings\":["
            + String.join(",", siblings)
            + "]}");
  }

  private Reply tree(HubRepository repository, String commit, Matcher request) {
    List<HubFile> all = new ArrayList<>(repository.files(commit).values());
    Matcher cursor = CURSOR.matcher(String.valueOf(request.group(3)));
    int start = cursor.find() ? Integer.parseInt(cursor.group(1)) : 0;
    int end = Math.min(all.size(), start + hub.pageSize());
    List<String> entries = new ArrayList<>();
    if (start == 0) {
      entries.add(
          "{\"type\":\"directory\",\"oid\":\"" + commit + "\",\"size\":0,\"path\":\"folder\"}");
    }
    all.subList(start, end).forEach(file -> entries.add(entry(file)));
    Reply page = Reply.json(200, "[" + String.join(",", entries) + "]");
    String next =
        hub.endpoint()
            + "/api/models/"
            + repository.id()
            + "/tree/"
            + commit
            + "?recursive=true&cursor="
            + end;
    return end < all.size() ? page.with("Link", "<" + next + ">; rel=\"next\"") : page;
  }

  private static String entry(HubFile file) {
    String lfs =
        file.large()
            ? ",\"lfs\":{\"oid\":\""
                + file.etag()
                + "\",\"size\":"
                + file.content().size()
                + ",\"pointerSize\":134},\"xetHash\":\""
                + file.etag()
                + "\""
            : "";
    return "{\"type\":\"file\",\"oid\":\""
        + file.pointerId()
        + "\",\"size\":"
        + file.content().size()
        + ",\"path\":"
        + quoted(file.path())
        + lfs
        + "}";
  }

  private Reply file(
      RecordedRequest request, HubRepository repository, String commit, String path) {
    HubFile file = repository.files(commit).get(path);
    if (file == null) {
      return Reply.error(404, "EntryNotFound", "Entry not found").with("X-Repo-Commit", commit);
    }
    if (!file.large()) {
      return bytes(request, file)
          .with("X-Repo-Commit", commit)
          .with("ETag", "\"" + file.etag() + "\"")
          .with("Content-Disposition", "inline; filename=\"file\"");
    }
    return Reply.redirect(hub.storageAddress(file))
        .with("X-Repo-Commit", commit)
        .with("X-Linked-Etag", "\"" + file.etag() + "\"")
        .with("X-Linked-Size", Long.toString(file.content().size()))
        .with("X-Xet-Hash", file.etag());
  }

  /** Sends a file or the part of it that was asked for. */
  static Reply bytes(RecordedRequest request, HubFile file) {
    long size = file.content().size();
    long from = request.rangeStart();
    if (request.hasRange() && from >= size) {
      return Reply.empty(416, Map.of("Content-Range", "bytes */" + size));
    }
    Reply whole = new Reply(200, Map.of("Accept-Ranges", "bytes"), file.content(), 0);
    if (!request.hasRange()) {
      return whole;
    }
    long end = request.rangeEnd(size - 1);
    return new Reply(206, whole.headers(), file.content().first(end + 1), from)
        .with("Content-Range", "bytes " + from + "-" + end + "/" + size);
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      out.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : c);
    }
    return out.append('"').toString();
  }
}
