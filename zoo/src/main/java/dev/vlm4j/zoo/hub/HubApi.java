package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The questions to the Hugging Face Hub: which commit, and which files. */
final class HubApi implements HubProtocol {
  private static final Pattern NEXT =
      Pattern.compile("<([^>]{1,4096})>\\s*;[^,]*rel=\"?next\"?", Pattern.CASE_INSENSITIVE);
  private static final int MOST_FILES = 200_000;

  private final HubAnswers answers;
  private final HubEndpoint endpoint;

  HubApi(HubAnswers answers, HubEndpoint endpoint) {
    this.answers = answers;
    this.endpoint = endpoint;
  }

  @Override
  public URI file(RepositoryId id, Revision revision, String commit, RemoteFile file) {
    return endpoint.file(id, commit, file.path());
  }

  @Override
  public ResolvedCommit ask(
      RepositoryId id,
      Revision revision,
      boolean patient,
      Listings listings,
      DownloadControl control) {
    Optional<RepositoryInfo> info =
        revision.isCommit() ? Optional.empty() : Optional.of(info(id, revision, patient, control));
    String commit = info.map(RepositoryInfo::commit).orElse(revision.text());
    Optional<List<RemoteFile>> stored = listings.read(commit);
    if (stored.isPresent()) {
      return new ResolvedCommit(commit, info, stored.get());
    }
    List<RemoteFile> files = files(id, commit, patient, control);
    listings.write(commit, files);
    return new ResolvedCommit(commit, info, files);
  }

  /** Asks for one model, whichever: any Hub has that answer, and it is short. */
  @Override
  public void ping(DownloadControl control) {
    if (!json(endpoint.models(), false, control).body().isArray()) {
      throw invalid("lists no models", control);
    }
  }

  private RepositoryInfo info(
      RepositoryId id, Revision revision, boolean patient, DownloadControl control) {
    JsonNode root = json(endpoint.revision(id, revision), patient, control).body();
    String commit = root.path("sha").asText("");
    if (!Revision.isCommit(commit)) {
      throw invalid("names a commit that is none", control);
    }
    return RepositoryInfo.of(commit, root);
  }

  /** Lists the files of a commit, over as many pages as there are. */
  private List<RemoteFile> files(
      RepositoryId id, String commit, boolean patient, DownloadControl control) {
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

  private void add(JsonNode page, List<RemoteFile> files, DownloadControl control) {
    if (!page.isArray()) {
      throw invalid("lists no files", control);
    }
    for (JsonNode entry : page) {
      if (!entry.path("type").asText("").equals("file")) {
        continue;
      }
      files.add(answers.checked(RemoteFile.of(entry), control));
      if (files.size() > MOST_FILES) {
        throw invalid("lists more than " + MOST_FILES + " files", control);
      }
    }
  }

  private record Page(JsonNode body, Optional<URI> next) {}

  private Page json(URI address, boolean patient, DownloadControl control) {
    return answers.get(
        address, patient, control, (body, response) -> new Page(body, next(response, control)));
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

  private HubException invalid(String what, DownloadControl control) {
    return answers.invalid(what, control);
  }
}
