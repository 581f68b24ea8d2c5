package dev.vlm4j.zoo.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.zoo.catalog.KnownCheckpoint.Conformance;
import dev.vlm4j.zoo.hub.RepositoryId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogTest {
  private static final String LINE =
      "tiny | org/Tiny-1B | llava | LLaVA 1.5 | 1000 | MIT | no | tests";

  @Test
  void everyLineOfTheFileIsSound() {
    List<KnownCheckpoint> all = Catalog.ofVersion().all();
    assertThat(all).hasSizeGreaterThan(15);
    assertThat(all)
        .allSatisfy(
            known -> {
              assertThat(RepositoryId.isValid(known.id())).as(known.id()).isTrue();
              assertThat(known.id()).contains("/");
              assertThat(known.alias()).matches("[a-z0-9][a-z0-9.-]*").isNotEqualTo("builtin");
              assertThat(known.modelType()).matches("[a-z0-9_-]+");
            });
    assertThat(all).extracting(KnownCheckpoint::id).doesNotHaveDuplicates();
  }

  @Test
  void readsALineWithItsConformance() {
    Catalog catalog = Catalog.parse(List.of("# text", "", LINE), List.of("LLaVA 1.5|djl|14|15"));
    KnownCheckpoint known = catalog.all().get(0);
    assertThat(known.parameters()).hasValue(1000);
    assertThat(known.license()).contains("MIT");
    assertThat(known.gated()).contains(false);
    assertThat(known.conformance()).containsEntry("djl", new Conformance(14, 15));
  }

  @Test
  void questionMarksAreUnknown() {
    KnownCheckpoint known =
        Catalog.parse(List.of("a | org/a | llava | LLaVA | ? | ? | ? | tests"), List.of())
            .all()
            .get(0);
    assertThat(known.parameters()).isEmpty();
    assertThat(known.license()).isEmpty();
    assertThat(known.gated()).isEmpty();
    assertThat(known.conformance()).isEmpty();
  }

  @Test
  void anAliasStandsForItsIdentifierAndOtherTextsForThemselves() {
    assertThat(Catalog.ofVersion().identifier("qwen2.5-vl-3b"))
        .isEqualTo("Qwen/Qwen2.5-VL-3B-Instruct");
    assertThat(Catalog.ofVersion().identifier("org/name")).isEqualTo("org/name");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiny | org/Tiny | llava | LLaVA | 1B | MIT | no | tests",
        "tiny | org/Tiny | llava | LLaVA | 1 | MIT | maybe | tests",
        "tiny | org/Tiny | llava | LLaVA | 1 | MIT | no",
        "tiny | org/Tiny | llava | | 1 | MIT | no | tests"
      })
  void namesALineThatIsMalformed(String line) {
    assertThatThrownBy(() -> Catalog.parse(List.of(line), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(line);
  }

  @Test
  void refusesAnAliasTwice() {
    assertThatThrownBy(() -> Catalog.parse(List.of(LINE, LINE), List.of()))
        .hasMessageContaining("tiny");
  }
}
