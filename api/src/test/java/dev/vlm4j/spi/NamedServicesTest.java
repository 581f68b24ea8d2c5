package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.List;
import org.junit.jupiter.api.Test;

class NamedServicesTest {
  /** A kind of plug-in that nothing on the class path provides. */
  public interface Unprovided {}

  private record Plugin(String title, List<String> names) {}

  private static NamedServices<Plugin> of(Plugin... plugins) {
    return NamedServices.of(List.of(plugins), Plugin::names);
  }

  @Test
  void findsPluginsByEveryName() {
    Plugin plugin = new Plugin("p", List.of("b", "a"));
    NamedServices<Plugin> services = of(plugin, new Plugin("q", List.of("c")));
    assertThat(services.get("a", ErrorCode.BACKEND_UNKNOWN, "backend", "")).isSameAs(plugin);
    assertThat(services.names()).containsExactly("a", "b", "c");
    assertThat(services.all()).extracting(Plugin::title).containsExactly("p", "q");
  }

  @Test
  void unknownNamesListWhatExistsAndWhatToDo() {
    assertThatThrownBy(
            () ->
                of(new Plugin("p", List.of("b", "a")))
                    .get("x", ErrorCode.BACKEND_UNKNOWN, "backend", "Add a jar"))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BACKEND_UNKNOWN))
        .hasMessage("no backend 'x'; there are: [a, b]. Add a jar");
  }

  @Test
  void duplicatesNameBothClassesAndTheRemedy() {
    assertThatThrownBy(() -> of(new Plugin("p", List.of("a")), new Plugin("q", List.of("a"))))
        .isInstanceOfSatisfying(
            VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PLUGIN_DUPLICATE))
        .hasMessageContaining("the name 'a' is claimed by " + Plugin.class.getName())
        .hasMessageContaining("remove one of the two");
  }

  @Test
  void noPluginsIsNoError() {
    assertThat(NamedServices.load(Unprovided.class, plugin -> List.of("a")).all()).isEmpty();
  }
}
