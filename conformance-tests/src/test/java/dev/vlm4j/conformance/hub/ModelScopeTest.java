package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.CachedRepository;
import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.Hub;
import dev.vlm4j.zoo.hub.HubCache;
import dev.vlm4j.zoo.hub.HubEnvironment;
import dev.vlm4j.zoo.hub.HubException;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.HubSettings;
import dev.vlm4j.zoo.hub.HubSnapshot;
import dev.vlm4j.zoo.hub.Token;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees of the cache hold for ModelScope too: only questions and addresses differ. */
class ModelScopeTest {
  private static final String MASTER = "master";

  @TempDir Path temporary;
  private HubFixture fixture;

  @BeforeEach
  void serve() {
    fixture = new HubFixture(temporary).asModelScope();
    fixture.repository().commit(MASTER, HubFixture.files(1));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private void check(HubSnapshot snapshot, long seed) throws IOException {
    for (HubFile file : HubFixture.files(seed)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      file.content().write(bytes, 0, file.content().size());
      assertThat(snapshot.folder().resolve(file.path())).hasBinaryContent(bytes.toByteArray());
    }
  }

  @Test
  void fetchesFilesAndFindsThemAgainWithOneRequest() throws IOException {
    check(fixture.fetch(MASTER), 1);
    assertThat(fixture.incomplete()).isEmpty();
    fixture.hub.forgetRequests();
    check(fixture.fetch(MASTER), 1);
    assertThat(fixture.hub.requests()).hasSize(1);
  }

  @Test
  void readsOfflineWithoutARequest() throws IOException {
    String state = fixture.fetch(MASTER).commit();
    fixture.hub.forgetRequests();
    fixture.settings = fixture.settings.withOffline(true);
    check(fixture.fetch(MASTER), 1);
    check(fixture.fetch(state), 1);
    assertThat(fixture.hub.requests()).isEmpty();
  }

  @Test
  void aStateKeepsItsFilesWhenTheBranchMovesOn() throws IOException {
    HubSnapshot first = fixture.open(MASTER);
    fixture.repository().commit(MASTER, HubFixture.files(2));
    first.fetch(first.names());
    check(first, 1);
    HubSnapshot second = fixture.fetch(MASTER);
    assertThat(second.commit()).isNotEqualTo(first.commit());
    check(second, 2);
    check(first, 1);
  }

  @Test
  void aDamagedFileIsFetchedOnceMoreAndThenRefused() throws IOException {
    fixture.hub.faults().next(1, FaultScript.target("model.safetensors"), Fault.flipByte());
    check(fixture.fetch(MASTER), 1);
    fixture.repository().commit(MASTER, HubFixture.files(2));
    fixture.hub.faults().always(FaultScript.target("model.safetensors"), Fault.flipByte());
    assertFailure(ErrorCode.DOWNLOAD_CORRUPT, "came twice");
    assertThat(fixture.incomplete()).isEmpty();
  }

  @Test
  void aBrokenConnectionGoesOnWhereItStopped() throws IOException {
    fixture.hub.faults().next(2, FaultScript.target("model.safetensors"), Fault.resetAfter(70_000));
    check(fixture.fetch(MASTER), 1);
    assertThat(fixture.hub.requests())
        .filteredOn(request -> request.target().contains("model.safetensors"))
        .extracting(request -> request.header("range").orElse("none"))
        .contains("none")
        .anyMatch(range -> range.startsWith("bytes="));
  }

  @Test
  void aServerThatIgnoresTheRangeDoesNoHarm() throws IOException {
    fixture
        .hub
        .faults()
        .next(1, FaultScript.target("model.safetensors"), Fault.resetAfter(70_000))
        .next(1, FaultScript.target("model.safetensors"), Fault.ignoreRange());
    check(fixture.fetch(MASTER), 1);
  }

  @Test
  void theTokenIsACookieForTheEndpointOnly() throws IOException {
    fixture.repository().access(HubRepository.Access.PRIVATE);
    assertFailure(ErrorCode.HUB_REPOSITORY_NOT_FOUND, "MODELSCOPE_API_TOKEN");
    fixture.hub.forgetRequests();
    fixture.settings = fixture.settings.withToken(new Token(fixture.hub.token()));
    check(fixture.fetch(MASTER), 1);
    assertThat(fixture.hub.requests())
        .isNotEmpty()
        .allMatch(r -> r.header("authorization").isEmpty())
        .allMatch(r -> r.header("cookie").orElse("").equals("m_session_id=" + fixture.hub.token()));
    fixture.hub.forgetRequests();
    fixture.repository().commit(MASTER, HubFixture.files(3));
    fixture
        .hub
        .faults()
        .next(
            1,
            FaultScript.target("FilePath=model"),
            Fault.change(
                (request, reply) ->
                    Reply.redirect(fixture.hub.storageAddress(HubFixture.files(3).get(1)))));
    check(fixture.fetch(MASTER), 3);
    assertThat(fixture.hub.requests())
        .filteredOn(RecordedRequest::storage)
        .isNotEmpty()
        .allMatch(r -> r.header("cookie").isEmpty());
  }

  /** The file is what {@code modelscope_login.py} writes for 127.0.0.1. */
  @Test
  void theLoginOfTheOfficialClientOpensPrivateModels() throws IOException {
    fixture.repository().access(HubRepository.Access.PRIVATE);
    Path home = temporary.resolve("modelscope-home");
    Files.createDirectories(home.resolve("credentials"));
    try (InputStream in = ModelScopeTest.class.getResourceAsStream("cookies.pickle")) {
      Files.copy(Objects.requireNonNull(in), home.resolve("credentials").resolve("cookies"));
    }
    Map<String, String> variables =
        Map.of(
            "MODELSCOPE_ENDPOINT", fixture.hub.endpoint().toString(),
            "MODELSCOPE_HOME", home.toString(),
            "HF_HUB_CACHE", fixture.cache.toString());
    fixture.settings = environment(variables);
    check(fixture.fetch(MASTER), 1);
    Map<String, String> signedOut = new HashMap<>(variables);
    signedOut.put("MODELSCOPE_API_TOKEN", "");
    signedOut.put("HF_HUB_CACHE", temporary.resolve("empty").toString());
    fixture.settings = environment(signedOut);
    assertFailure(ErrorCode.HUB_REPOSITORY_NOT_FOUND, "MODELSCOPE_API_TOKEN");
  }

  private HubSettings environment(Map<String, String> variables) {
    return new HubEnvironment(variables, temporary)
        .settings(HubKind.MODELSCOPE, null)
        .withRetries(fixture.settings.retries());
  }

  @Test
  void aListingThatMayBeCutOffIsRefused() {
    List<HubFile> many =
        IntStream.range(0, 2999).mapToObj(i -> HubFile.text("part-" + i + ".json", "{}")).toList();
    fixture.repository().commit(MASTER, many);
    assertFailure(ErrorCode.HUB_RESPONSE_INVALID, "3000 entries");
  }

  @Test
  void aFailureWithStatus200IsAFailure() {
    fixture
        .hub
        .faults()
        .always(r -> true, Fault.answer(ModelScopeRoutes.failure(200, 404, "no such revision")));
    assertFailure(ErrorCode.HUB_REPOSITORY_NOT_FOUND, "no such revision");
    fixture.hub.faults().clear();
    fixture
        .hub
        .faults()
        .always(r -> true, Fault.answer(ModelScopeRoutes.failure(200, 10010201001L, "broken")));
    assertFailure(ErrorCode.HUB_RESPONSE_INVALID, "broken");
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404, 429, 500})
  void everyStatusHasItsError(int status) {
    fixture
        .hub
        .faults()
        .always(r -> true, Fault.answer(ModelScopeRoutes.failure(status, status, "because")));
    ErrorCode code =
        switch (status) {
          case 403 -> ErrorCode.HUB_FORBIDDEN;
          case 404 -> ErrorCode.HUB_REPOSITORY_NOT_FOUND;
          case 429 -> ErrorCode.HUB_RATE_LIMITED;
          default -> ErrorCode.HUB_SERVER_ERROR;
        };
    assertFailure(code, "because");
  }

  @Test
  void aLoginPageIsNoHub() {
    fixture.hub.faults().always(r -> true, Fault.answer(Reply.html(200, "<html>log in</html>")));
    assertFailure(ErrorCode.HUB_RESPONSE_INVALID, "MODELSCOPE_ENDPOINT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "/etc/passwd", "C:/x", "a/../../x", "..\\\\x"})
  void namesThatLeadOutAreRefused(String name) throws IOException {
    List<String> before = HubFixture.tree(temporary);
    fixture
        .hub
        .faults()
        .always(
            r -> true,
            Fault.answer(
                Reply.json(
                    200,
                    "{\"Code\":200,\"Success\":true,\"Data\":{\"Files\":[{\"Path\":\""
                        + name
                        + "\",\"Type\":\"blob\",\"Size\":1,\"Sha256\":\""
                        + "a".repeat(64)
                        + "\"}]}}")));
    assertFailure(ErrorCode.HUB_NAME_REFUSED, "leads out");
    assertThat(HubFixture.tree(temporary)).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "xyz", "../../x"})
  void aFileWithoutAHashIsRefused(String hash) {
    fixture
        .hub
        .faults()
        .always(
            r -> true,
            Fault.answer(
                Reply.json(
                    200,
                    "{\"Code\":200,\"Data\":{\"Files\":[{\"Path\":\"a\",\"Type\":\"blob\",\"Size\":1,"
                        + "\"Sha256\":\""
                        + hash
                        + "\"}]}}")));
    assertFailure(ErrorCode.HUB_RESPONSE_INVALID, "malformed hash");
  }

  @Test
  void itsCacheIsListedVerifiedAndRemovedLikeTheOther() {
    fixture.fetch(MASTER);
    HubCache cache = new HubCache(fixture.cache);
    CachedRepository repository = cache.list().get(0);
    assertThat(repository.id().text()).isEqualTo(HubFixture.ID);
    assertThat(cache.verify(repository, DownloadListener.NONE).problems()).isEmpty();
    assertThat(cache.inspect(repository).problems()).isEmpty();
    cache.remove(repository);
    assertThat(Files.exists(fixture.repositoryFolder())).isFalse();
  }

  @Test
  void answersAPing() {
    assertThat(new Hub(fixture.settings).ping(DownloadListener.NONE)).isPositive();
  }

  private void assertFailure(ErrorCode code, String text) {
    assertThatThrownBy(() -> fixture.fetch(MASTER))
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(text)
        .satisfies(e -> assertThat(e.toString()).doesNotContain(fixture.hub.token()))
        .satisfies(
            e -> {
              if (e instanceof HubException hub) {
                assertThat(hub.repository()).isEqualTo(HubFixture.ID);
              }
            });
  }
}
