package dev.vlm4j.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.Revision;
import org.junit.jupiter.api.Test;

class HubNameTest {
  @Test
  void aRevisionStandsBehindTheName() {
    HubName name = HubName.parse("org/tiny@refs/pr/1");
    assertThat(name.id()).isEqualTo("org/tiny");
    assertThat(name.options(HubOptions.DEFAULT).effectiveRevision())
        .isEqualTo(new Revision("refs/pr/1"));
    assertThat(name).hasToString("org/tiny@refs/pr/1");
  }

  @Test
  void withoutOneTheOptionsDecide() {
    HubOptions options = HubOptions.DEFAULT.withRevision(new Revision("v1"));
    assertThat(HubName.parse("org/tiny").options(options)).isEqualTo(options);
    assertThat(HubName.parse("org/tiny@v1").options(options).effectiveRevision().text())
        .isEqualTo("v1");
  }

  @Test
  void anAliasMayHaveOneAndSoMayAnotherHub() {
    assertThat(ModelSource.named("smolvlm-256m@v1"))
        .isEqualTo("HuggingFaceTB/SmolVLM-256M-Instruct@v1");
    HubOptions options = HubName.parse("modelscope:org/tiny@v2").options(HubOptions.DEFAULT);
    assertThat(options.kind()).isEqualTo(HubKind.MODELSCOPE);
    assertThat(options.effectiveRevision().text()).isEqualTo("v2");
  }

  @Test
  void twoDifferentOnesAreRefused() {
    HubOptions options = HubOptions.DEFAULT.withRevision(new Revision("v1"));
    assertThatThrownBy(() -> HubName.parse("org/tiny@v2").options(options))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
        .hasMessageContainingAll("v1", "v2");
  }

  @Test
  void aMalformedOneIsRefused() {
    assertThatThrownBy(() -> HubName.parse("org/tiny@../x").options(HubOptions.DEFAULT))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.HUB_NAME_REFUSED));
    assertThatThrownBy(() -> HubName.parse("org/tiny@").options(HubOptions.DEFAULT))
        .isInstanceOf(VlmException.class);
  }

  @Test
  void anAddressIsNoName() {
    assertThatThrownBy(() -> ModelSource.named("https://huggingface.co/org/tiny"))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_NOT_FOUND))
        .hasMessageContaining("org/name");
  }
}
