package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.zoo.hub.CachedRepository;
import dev.vlm4j.zoo.hub.HubCache;
import dev.vlm4j.zoo.hub.HubException;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.Token;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** P11, P29: what a Hub answers becomes an error of its own type that says what to do. */
class HubErrorsTest {
  private static final String BAD_TOKEN = "Invalid credentials in Authorization header";

  @TempDir Path temporary;
  private HubFixture fixture;

  @BeforeEach
  void start() {
    fixture = new HubFixture(temporary);
    fixture.repository().commit("main", HubFixture.files(1));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of(
            Reply.error(404, "RevisionNotFound", "Invalid rev id: main"),
            ErrorCode.HUB_REVISION_NOT_FOUND,
            "correct the revision"),
        Arguments.of(
            Reply.error(404, "EntryNotFound", "Entry not found"),
            ErrorCode.HUB_FILE_NOT_FOUND,
            "check it on"),
        Arguments.of(
            Reply.error(403, "GatedRepo", "Access to model is restricted"),
            ErrorCode.HUB_GATED,
            "accept its terms on"),
        Arguments.of(
            Reply.error(403, "", "Access to this resource is disabled."),
            ErrorCode.HUB_REPOSITORY_DISABLED,
            "use another model"),
        Arguments.of(
            Reply.error(404, "RepoNotFound", "Repository not found"),
            ErrorCode.HUB_REPOSITORY_NOT_FOUND,
            "the Hub does not say which"),
        Arguments.of(
            Reply.error(401, "", "Invalid username or password."),
            ErrorCode.HUB_REPOSITORY_NOT_FOUND,
            "set HF_TOKEN"),
        Arguments.of(
            Reply.error(401, "", BAD_TOKEN), ErrorCode.HUB_TOKEN_INVALID, "make a new one"),
        Arguments.of(
            Reply.json(400, "{\"errors\": [{\"message\": \"nonsense\"}]}"),
            ErrorCode.HUB_BAD_REQUEST,
            "nonsense"),
        Arguments.of(
            Reply.json(403, "{\"error\": [\"your token lacks a scope\"]}"),
            ErrorCode.HUB_FORBIDDEN,
            "your token lacks a scope"),
        Arguments.of(
            Reply.empty(429, Map.of("Retry-After", "1000000000")),
            ErrorCode.HUB_RATE_LIMITED,
            "asks to wait 1000000000 s"),
        Arguments.of(
            Reply.json(500, "{\"error_description\": \"out of order\"}"),
            ErrorCode.HUB_SERVER_ERROR,
            "out of order"),
        Arguments.of(
            Reply.html(200, "<html>Please log in to this network</html>"),
            ErrorCode.HUB_RESPONSE_INVALID,
            "network login page"));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void tellsWhatTheHubAnswered(Reply answer, ErrorCode code, String text) {
    alwaysAnswer(answer.with("X-Request-Id", "request-42"));
    HubException error = failure();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error)
        .hasMessageContaining(text)
        .hasMessageContaining("org/tiny")
        .hasMessageContaining("revision main")
        .hasMessageContaining("request-42");
    assertThat(error.repository()).isEqualTo("org/tiny");
    assertThat(error.revision()).contains("main");
    assertThat(error.requestId()).contains("request-42");
  }

  @Test
  void tellsThatAServerRefusesARange() {
    fixture.hub.faults().next(1, RecordedRequest::storage, Fault.resetAfter(200_000));
    fixture
        .hub
        .faults()
        .always(
            RecordedRequest::storage,
            Fault.answer(Reply.empty(416, Map.of("Content-Range", "bytes */7"))));
    assertThat(failure().code()).isIn(ErrorCode.HUB_RANGE_REFUSED, ErrorCode.HUB_UNREACHABLE);
  }

  @Test
  void asksForTheTermsOfAGatedRepository() {
    fixture.repository().access(HubRepository.Access.GATED);
    assertThat(failure())
        .hasMessageContaining("accept its terms on " + fixture.hub.endpoint() + "/org/tiny")
        .hasMessageContaining("HF_TOKEN");
  }

  /** The official client leaves the listing too, and a reference to a commit that is not there. */
  @Test
  void aGatedRepositoryLeavesItsListingInTheCacheAndNoReference() throws IOException {
    fixture.repository().access(HubRepository.Access.GATED);
    assertThat(failure().code()).isEqualTo(ErrorCode.HUB_GATED);
    assertThat(HubFixture.tree(fixture.repositoryFolder()))
        .singleElement(as(STRING))
        .matches("trees/[0-9a-f]{40}\\.json");
    CachedRepository left = new HubCache(fixture.cache).get(new RepositoryId(HubFixture.ID));
    assertThat(new HubCache(fixture.cache).inspect(left).problems()).isEmpty();
  }

  @Test
  void aMissingRepositoryLeavesNothingInTheCache() throws IOException {
    fixture.repository().access(HubRepository.Access.PRIVATE);
    assertThat(failure().code()).isEqualTo(ErrorCode.HUB_REPOSITORY_NOT_FOUND);
    assertThat(fixture.cache).doesNotExist();
  }

  @Test
  void cannotTellAPrivateRepositoryFromAMissingOne() {
    fixture.repository().access(HubRepository.Access.PRIVATE);
    HubException hidden = failure();
    alwaysAnswer(Reply.error(401, "RepoNotFound", "Repository not found"));
    assertThat(failure()).hasMessage(hidden.getMessage());
  }

  @Test
  void tellsThatNothingListens() {
    fixture.hub.close();
    assertThat(failure().code()).isEqualTo(ErrorCode.HUB_UNREACHABLE);
  }

  @Test
  void keepsMessagesOfServersShortAndHarmless() {
    String evil = "a\u001b[31mred\u202e" + "x".repeat(5000);
    alwaysAnswer(Reply.json(400, "{\"error\": \"" + evil.replace("\u001b", "\\u001b") + "\"}"));
    assertThat(failure().getMessage()).hasSizeLessThan(600).doesNotContain("\u001b", "\u202e");
  }

  @Test
  void neverRepeatsTheToken() {
    List<String> secrets = List.of(fixture.hub.token());
    fixture.settings = fixture.settings.withToken(new Token(fixture.hub.token()));
    alwaysAnswer(Reply.json(400, "{\"error\": \"bad header Bearer " + fixture.hub.token() + "\"}"));
    assertThat(failure().getMessage()).doesNotContain(secrets);
  }

  private void alwaysAnswer(Reply answer) {
    fixture.hub.faults().always(request -> true, Fault.answer(answer));
  }

  private HubException failure() {
    return catchThrowableOfType(HubException.class, () -> fixture.fetch("main"));
  }
}
