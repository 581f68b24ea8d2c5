package dev.vlm4j.zoo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeNamesTest {
  private static final String ASCII = "ANSI_X3.4-1968";

  @Test
  void refusesArgumentsThatJavaCannotSee() {
    assertThat(new NativeNames(ASCII, "/home").problem("run", "gro\uFFFD").orElseThrow())
        .isEqualTo(
            "'gro\uFFFD' cannot be read in this locale; run with LC_ALL=C.UTF-8, for example");
  }

  @Test
  void refusesAWorkingFolderThatJavaCannotSee() {
    assertThat(new NativeNames(ASCII, "/\uFFFD\uFFFDd").problem("demo").orElseThrow())
        .startsWith("the name of the working folder /\uFFFD\uFFFDd cannot be read in this locale");
  }

  @Test
  void takesAllThatCanBeRead() {
    assertThat(new NativeNames(ASCII, "/home").problem("run")).isEmpty();
    assertThat(new NativeNames("UTF-8", "/\uFFFD").problem("gro\uFFFD")).isEmpty();
  }
}
