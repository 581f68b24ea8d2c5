package dev.vlm4j.spi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyTableTest {
  @Test
  void longestPrefixDecidesWhateverTheOrder() {
    KeyTable table =
        KeyTable.identity().prefix("a.", "x.").prefix("a.b.c.", "z.").prefix("a.b.", "y.");
    assertThat(table.toGraph("a.b.c.w")).isEqualTo("z.w");
    assertThat(table.toGraph("a.b.w")).isEqualTo("y.w");
    assertThat(table.toGraph("a.w")).isEqualTo("x.w");
    assertThat(table.toGraph("b.a.w")).isEqualTo("b.a.w");
  }

  @Test
  void ignoresWholeGraphNamesOnly() {
    KeyTable table = KeyTable.identity().ignore("a\\.\\d+\\.w");
    assertThat(table.isIgnorable("a.12.w")).isTrue();
    assertThat(table.isIgnorable("b.a.12.w")).isFalse();
    assertThat(table.isIgnorable("a.12.w.x")).isFalse();
  }

  @Test
  void tablesAreImmutable() {
    KeyTable table = KeyTable.identity();
    table.prefix("a", "b");
    table.ignore(".*");
    assertThat(table.toGraph("a")).isEqualTo("a");
    assertThat(table.isIgnorable("a")).isFalse();
  }
}
