package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The two questions to a Hub: which commit, and which files. */
final class HubApi {
  private static final Pattern NEXT =
      Pattern.compile("<([^>]{1,4096})>\\s*;[^,]*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);
  private static final int LONGEST_ANSWER = 64 << 20;
  private static final int MOST_FILES = 200_000;

  private final HubRequests requests;
  private final HubEndpoint endpoint;

  HubApi(HubRequests requests, HubEndpoint endpoint) {
    this.requests = requests;
    this.endpoint = endpoint;
  }

  /** Asks for one model, whichever: any Hub has that answer, and it is short. */
  void ping(DownloadControl control) {
    if (!json(endpoint.models(), false, control).body().isArray()) {
      throw invalid("lists no models", control);
    }
  }

  /**
   * Asks what a revision is now.
   *
   * @param patient whether to wait and try again, because nothing in the cache could serve
   */
  RepositoryInfo info(
      RepositoryId id, Revision revision, boolean patient, DownloadControl control) {
    JsonNode root = json(endpoint.revision(id, revision), patient, control).body();
    String commit = root.path("sha").asText("");
    if (!Revision.isCommit(commit)) {
      throw invalid("names a commit that is none", control);
    }
    return RepositoryInfo.of(commit, root);
  }

  /** Lists the files of a commit, over as many pages as there are. */
  List<RemoteFile> files(RepositoryId id, String commit, boolean patient, DownloadControl control) {
    List<RemoteFile> files = new ArrayList<>();
    Optional<URI> page = Optional.of(endpoint.tree(id, commit));
    while (page.isPresent()) {
      Page answer = json(page.get(), patient, control);
      int before = files.size();
      add(answer.body(), files, control);
      page = answer.next();
      if (page.isPresent() && (files.size() == before && answer.body().isEmpty())) {
        throw invalid("lists files on pages without end", control);
      }
    }
    return files;
  }

  private static void add(JsonNode page, List<RemoteFile> files, DownloadControl control) {
    if (!page.isArray()) {
      throw invalid("lists no files", control);
    }
    for (JsonNode entry : page) {
      if (!entry.path("type").asText("").equals("file")) {
        continue;
      }
      RemoteFile file =
          RemoteFile.of(entry)
              .orElseThrow(() -> invalid("lists a file with a malformed hash or size", control));
      if (RepositoryPath.escapes(file.path())) {
        RepositoryPath.refuse(file.path(), "it leads out of its folder", control.subject().what());
      }
      files.add(file);
      if (files.size() > MOST_FILES) {
        throw invalid("lists more than " + MOST_FILES + " files", control);
      }
    }
  }

  private record Page(JsonNode body, Optional<URI> next) {}

  private Page json(URI address, boolean patient, DownloadControl control) {
    return requests.exchange(
        address,
        Map::of,
        requests.timeout(patient),
        requests.retries(patient),
        control,
        response -> new Page(parse(response, control), next(response, control)));
  }

  private JsonNode parse(HubResponse response, DownloadControl control) throws IOException {
    try {
      return HubJson.read(response.bytes(LONGEST_ANSWER));
    } catch (HubJson.MalformedJson e) {
      throw new HubException(
          ErrorCode.HUB_RESPONSE_INVALID,
          "what answers at "
              + response.address().getHost()
              + " is no Hub: its answer is no JSON; check HF_ENDPOINT, and whether a network login"
              + " page is in the way",
          control.subject(),
          requests.requestId(response),
          e);
    }
  }

  /** A page elsewhere would get the token, or be anything: it is refused. */
  private Optional<URI> next(HubResponse response, DownloadControl control) {
    Matcher matcher = NEXT.matcher(response.header("link").orElse(""));
    if (!matcher.find()) {
      return Optional.empty();
    }
    try {
      URI next = response.address().resolve(matcher.group(1));
      if (endpoint.isOriginOf(next) && HubEndpoint.isWeb(next)) {
        return Optional.of(next);
      }
    } catch (IllegalArgumentException e) {
      throw invalid("has a malformed next page", control);
    }
    throw invalid("continues its listing on another host", control);
  }

  private static HubException invalid(String what, DownloadControl control) {
    return new HubException(
        ErrorCode.HUB_RESPONSE_INVALID,
        "the answer of the Hub " + what + "; check HF_ENDPOINT",
        control.subject());
  }
}
