package dev.vlm4j.zoo.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.VlmException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubEnvironmentTest {
  private static final Path HOME = Path.of("/home/user");

  private static HubEnvironment environment(Map<String, String> variables) {
    return new HubEnvironment(variables, HOME);
  }

  private static HubSettings settings(Map<String, String> variables) {
    return environment(variables).settings();
  }

  private static String header(HubSettings settings) {
    return settings.findToken().map(Token::header).orElse("none");
  }

  @Test
  void usesTheOfficialPlacesWithoutVariables() {
    HubSettings settings = settings(Map.of());
    assertThat(settings.cache()).isEqualTo(HOME.resolve(".cache/huggingface/hub"));
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://huggingface.co"));
    assertThat(settings.offline()).isFalse();
    assertThat(settings.links()).isTrue();
    assertThat(settings.proxy()).isNull();
    assertThat(settings.metadataTimeout()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void findsTheCacheInTheOfficialOrder() {
    assertThat(environment(Map.of("XDG_CACHE_HOME", "/x")).cache())
        .isEqualTo(Path.of("/x/huggingface/hub"));
    assertThat(environment(Map.of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h")).cache())
        .isEqualTo(Path.of("/h/hub"));
    assertThat(environment(Map.of("HF_HOME", "/h", "HUGGINGFACE_HUB_CACHE", "/old")).cache())
        .isEqualTo(Path.of("/old"));
    assertThat(environment(Map.of("HUGGINGFACE_HUB_CACHE", "/old", "HF_HUB_CACHE", "/new")).cache())
        .isEqualTo(Path.of("/new"));
  }

  @Test
  void expandsTheHomeFolderAndVariables() {
    assertThat(environment(Map.of("HF_HOME", "~/hf")).cache())
        .isEqualTo(Path.of("/home/user/hf/hub"));
    assertThat(
            environment(Map.of("HF_HOME", "$DATA/${WHO}/$NONE", "DATA", "/d", "WHO", "me")).cache())
        .isEqualTo(Path.of("/d/me/$NONE/hub"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "on", "ON", "yes", "True", "TRUE"})
  void takesTheOfficialWordsForTrue(String word) {
    assertThat(settings(Map.of("HF_HUB_OFFLINE", word)).offline()).isTrue();
    assertThat(settings(Map.of("TRANSFORMERS_OFFLINE", word)).offline()).isTrue();
    assertThat(settings(Map.of("HF_HUB_DISABLE_SYMLINKS", word)).links()).isFalse();
    assertThat(settings(Map.of("HF_HUB_DISABLE_SYMLINKS_WARNING", word)).linkWarning()).isFalse();
    assertThat(environment(Map.of("HF_HUB_DISABLE_PROGRESS_BARS", word)).isWithoutProgress())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "", "no", "2", "false"})
  void takesEverythingElseForFalse(String word) {
    assertThat(settings(Map.of("HF_HUB_OFFLINE", word)).offline()).isFalse();
  }

  @Test
  void findsTheTokenInTheOfficialOrder() {
    Map<String, String> both = Map.of("HF_TOKEN", "new", "HUGGING_FACE_HUB_TOKEN", "old");
    assertThat(header(settings(both))).isEqualTo("Bearer new");
    assertThat(header(settings(Map.of("HUGGING_FACE_HUB_TOKEN", "old")))).isEqualTo("Bearer old");
    assertThat(header(environment(both).settings(new Token("given")))).isEqualTo("Bearer given");
    assertThat(header(settings(Map.of("HF_TOKEN", "t", "HF_HUB_DISABLE_IMPLICIT_TOKEN", "1"))))
        .isEqualTo("none");
  }

  @Test
  void saysThatAnOidcExchangeIsNotSupported() {
    Map<String, String> oidc = Map.of("HF_OIDC_RESOURCE", "https://x", "HF_TOKEN", "t");
    assertThatThrownBy(() -> settings(oidc)).hasMessageContaining("HF_TOKEN");
    assertThat(header(environment(oidc).settings(new Token("given")))).isEqualTo("Bearer given");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "line\nbreak", "", "ümlaut"})
  void refusesATokenThatCannotBeSent(String text) {
    assertThatThrownBy(() -> new Token(text)).isInstanceOf(VlmException.class);
  }

  @Test
  void readsTimeouts() {
    HubSettings settings =
        settings(Map.of("HF_HUB_ETAG_TIMEOUT", "3", "HF_HUB_DOWNLOAD_TIMEOUT", "30"));
    assertThat(settings.metadataTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(settings.stallTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThatThrownBy(() -> settings(Map.of("HF_HUB_ETAG_TIMEOUT", "soon")))
        .hasMessageContainingAll("HF_HUB_ETAG_TIMEOUT", "or unset it");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://x",
        "https://u:p@host",
        "host",
        "file:///x",
        "http://",
        "https://h?q",
        "http://["
      })
  void refusesAnEndpointThatIsNone(String endpoint) {
    assertThatThrownBy(() -> settings(Map.of("HF_ENDPOINT", endpoint)))
        .isInstanceOf(VlmException.class)
        .hasMessageContainingAll("variable HF_ENDPOINT", "set it to one such as https://host")
        .hasMessageNotContaining("u:p");
  }

  @ParameterizedTest
  @ValueSource(strings = {"MODELSCOPE_ENDPOINT", "MODELSCOPE_DOMAIN"})
  void namesTheVariableOfAnEndpointOfModelScopeThatIsNone(String name) {
    HubEnvironment environment = environment(Map.of(name, "ftp://x"));
    assertThatThrownBy(() -> environment.settings(HubKind.MODELSCOPE, null))
        .isInstanceOf(VlmException.class)
        .hasMessageContainingAll("variable " + name, "or unset it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"})
  void namesTheVariableOfATokenThatCannotBeSent(String name) {
    assertThatThrownBy(() -> settings(Map.of(name, "two words")))
        .isInstanceOf(VlmException.class)
        .hasMessageContainingAll("token in " + name, "copy it again")
        .hasMessageNotContaining("two words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://", "socks5://host:1080", "http://u:p@[host"})
  void namesTheVariableOfAProxyThatIsNone(String address) {
    for (String name : List.of("https_proxy", "HTTPS_PROXY", "ALL_PROXY")) {
      assertThatThrownBy(() -> settings(Map.of(name, address)))
          .isInstanceOf(VlmException.class)
          .hasMessageContainingAll("variable " + name + " ", "http://host:port, or unset it")
          .hasMessageNotContaining("u:p");
    }
  }

  @Test
  void aProxyThatIsNotUsedMayBeOfAnyKind() {
    Map<String, String> both =
        Map.of("https_proxy", "http://proxy:3128", "all_proxy", "socks5://proxy:1080");
    assertThat(settings(both).proxy()).isNotNull();
    assertThat(settings(Map.of("HF_HUB_OFFLINE", "1", "all_proxy", "socks5://proxy:1080")).proxy())
        .isNotNull();
  }

  @Test
  void keepsAnEndpointWithAPath() {
    HubEndpoint endpoint =
        new HubEndpoint(settings(Map.of("HF_ENDPOINT", "https://mirror.example/hf/")).endpoint());
    RepositoryId id = new RepositoryId("org/name");
    assertThat(endpoint.revision(id, new Revision("refs/pr/1")))
        .hasToString("https://mirror.example/hf/api/models/org/name/revision/refs%2Fpr%2F1");
    assertThat(endpoint.file(id, "c".repeat(40), "a b/ü.json"))
        .hasToString(
            "https://mirror.example/hf/org/name/resolve/" + "c".repeat(40) + "/a%20b/%C3%BC.json");
  }

  @Test
  void namesAnOriginOnlyWhereTelemetryIsAllowed() {
    Map<String, String> origin = Map.of("HF_HUB_USER_AGENT_ORIGIN", "partner");
    assertThat(settings(origin).userAgent()).startsWith("vlm4j/").endsWith("; origin/partner");
    assertThat(
            settings(Map.of("HF_HUB_USER_AGENT_ORIGIN", "partner", "DO_NOT_TRACK", "1"))
                .userAgent())
        .doesNotContain("partner");
  }

  @Test
  void goesThroughTheProxyOfTheEnvironment() {
    ProxySelector proxy =
        Objects.requireNonNull(
            settings(Map.of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "inner.example,.local"))
                .proxy());
    assertThat(proxy.select(URI.create("https://huggingface.co/x")).get(0).address())
        .isEqualTo(InetSocketAddress.createUnresolved("proxy", 3128));
    assertThat(proxy.select(URI.create("https://a.inner.example"))).containsExactly(Proxy.NO_PROXY);
    assertThat(proxy.select(URI.create("https://host.local"))).containsExactly(Proxy.NO_PROXY);
    assertThat(proxy.select(URI.create("http://plain"))).containsExactly(Proxy.NO_PROXY);
  }

  @Test
  void modelScopeHasAnEndpointATokenAndACacheOfItsOwn() {
    HubSettings settings =
        new HubEnvironment(
                Map.of(
                    "MODELSCOPE_DOMAIN",
                    "www.modelscope.ai",
                    "MODELSCOPE_API_TOKEN",
                    "ms-secret",
                    "HF_TOKEN",
                    "hf_other",
                    "HF_HUB_CACHE",
                    "/caches/hub"),
                Path.of("/home/me"))
            .settings(HubKind.MODELSCOPE, null);
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://www.modelscope.ai"));
    assertThat(settings.cache()).isEqualTo(Path.of("/caches/hub-vlm4j/modelscope"));
    assertThat(settings.findToken().orElseThrow().cookie("m_session_id"))
        .isEqualTo("m_session_id=ms-secret");
  }

  @Test
  void modelScopeHasTheEndpointOfTheNewVariableFirst() {
    HubSettings settings =
        new HubEnvironment(
                Map.of(
                    "MODELSCOPE_ENDPOINT",
                    "https://mirror.example",
                    "MODELSCOPE_DOMAIN",
                    "www.modelscope.ai"),
                Path.of("/home/me"))
            .settings(HubKind.MODELSCOPE, null);
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://mirror.example"));
  }

  @Test
  void modelScopeDoesNotGetTheTokenOfTheOtherHub() {
    HubSettings settings =
        new HubEnvironment(Map.of("HF_TOKEN", "hf_other"), Path.of("/home/me"))
            .settings(HubKind.MODELSCOPE, null);
    assertThat(settings.findToken()).isEmpty();
    assertThat(settings.endpoint()).isEqualTo(URI.create("https://www.modelscope.cn"));
  }
}
