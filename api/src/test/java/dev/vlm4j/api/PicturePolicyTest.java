package dev.vlm4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PicturePolicyTest {
  @Test
  void allowsHostsByNameWhateverItsSpelling() {
    PicturePolicy policy =
        PicturePolicy.DEFAULT.withHost("Example.org").withHost("*.bücher.de").withHost("[2606::1]");
    assertThat(policy.allowsHost("EXAMPLE.ORG.")).isTrue();
    assertThat(policy.allowsHost("a.b.xn--bcher-kva.de")).isTrue();
    assertThat(policy.allowsHost("bücher.de")).isFalse();
    assertThat(policy.allowsHost("www.example.org")).isFalse();
    assertThat(policy.allowsHost("[2606::1]")).isTrue();
  }

  @Test
  void startsWithFilesAndWithoutTheNetwork() {
    assertThat(PicturePolicy.DEFAULT.allowsFiles()).isTrue();
    assertThat(PicturePolicy.DEFAULT.allowsNetwork()).isFalse();
    assertThat(PicturePolicy.DEFAULT.withHost("a.b").allowsNetwork()).isTrue();
    assertThat(PicturePolicy.DEFAULT.withAnyHost().allowsHost("a.b")).isTrue();
    assertThat(PicturePolicy.DEFAULT.withAnyHost().allowsPrivateAddresses()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "*", "*.", "*.*.org", "a b", "http://a", "a/b", "a*b"})
  void refusesWhatIsNoHost(String name) {
    assertThatThrownBy(() -> PicturePolicy.DEFAULT.withHost(name))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }

  @Test
  void refusesImpossibleLimits() {
    assertThatThrownBy(() -> PicturePolicy.DEFAULT.withMaxBytes(0)).hasMessageContaining("got 0");
    assertThatThrownBy(() -> PicturePolicy.DEFAULT.withTimeout(Duration.ZERO))
        .hasMessageContaining("PT0S");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://a/b.png",
        "jar:file:///a.jar!/b.png",
        "cat.png",
        "",
        ":",
        "http:///b.png",
        "http://a b/",
        "http://a\\@b/",
        "file:b.png",
        "file://host/b.png",
        "data:text/plain,x",
        "data:text/html;base64,AAAA",
        "data:image/png,AAAA",
        "data:image/png;base64,",
        "data:image/png;base64,a*b="
      })
  void refusesUrisOfNoPicture(String uri) {
    assertThatThrownBy(() -> Image.ofUri(uri))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT));
  }
}
