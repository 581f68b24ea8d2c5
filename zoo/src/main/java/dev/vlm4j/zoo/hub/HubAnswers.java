package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vlm4j.error.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** JSON answers of a Hub. */
final class HubAnswers {
  private static final int LONGEST = 64 << 20;

  private final HubRequests requests;

  HubAnswers(HubRequests requests) {
    this.requests = requests;
  }

  /** What is made of an answer. */
  interface Use<T> {
    T of(JsonNode body, HubResponse response);
  }

  <T> T get(URI address, boolean patient, DownloadControl control, Use<T> use) {
    return requests.exchange(
        address,
        Map::of,
        requests.timeout(patient),
        requests.retries(patient),
        control,
        response -> use.of(parse(response, control), response));
  }

  private JsonNode parse(HubResponse response, DownloadControl control) throws IOException {
    try {
      return HubJson.read(response.bytes(LONGEST));
    } catch (HubJson.MalformedJson e) {
      throw new HubException(
          ErrorCode.HUB_RESPONSE_INVALID,
          "what answers at "
              + response.address().getHost()
              + " is no Hub: its answer is no JSON; check "
              + requests.kind().endpointVariable()
              + ", and whether a network login page is in the way",
          control.subject(),
          requests.requestId(response),
          e);
    }
  }

  HubException invalid(String what, DownloadControl control) {
    return new HubException(
        ErrorCode.HUB_RESPONSE_INVALID,
        "the answer of the Hub " + what + "; check " + requests.kind().endpointVariable(),
        control.subject());
  }

  /** Names and numbers of files are checked before anything is made of them. */
  RemoteFile checked(java.util.Optional<RemoteFile> read, DownloadControl control) {
    RemoteFile file =
        read.orElseThrow(() -> invalid("lists a file with a malformed hash or size", control));
    if (RepositoryPath.escapes(file.path())) {
      RepositoryPath.refuse(file.path(), "it leads out of its folder", control.subject().what());
    }
    return file;
  }
}
