package dev.vlm4j.zoo.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.LibUtils;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;

/** The native library of tokenizers. Thread-safe. */
final class NativeTokenizers {
  /** Environment variable or system property by which the library chooses among its builds. */
  private static final String FLAVOR = "RUST_FLAVOR";

  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  private NativeTokenizers() {}

  /**
   * Makes a tokenizer from the bytes of a {@code tokenizer.json}.
   *
   * @throws VlmException {@code MACHINE_UNFIT} if the native library cannot be loaded, {@code
   *     TOKENIZER_INVALID} if the bytes are no tokenizer
   */
  static HuggingFaceTokenizer tokenizer(byte[] json) {
    loadLibrary();
    try {
      return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), OPTIONS);
    } catch (IOException | RuntimeException e) {
      throw new VlmException(
          ErrorCode.TOKENIZER_INVALID,
          "tokenizer.json cannot be loaded: " + e.getMessage() + "; fetch the file again",
          e);
    }
  }

  /**
   * Where the library sees CUDA it would look for a build for it, which is not in the artifact, and
   * download one; tokenizers do not need it.
   */
  private static synchronized void loadLibrary() {
    boolean chosen = System.getProperty(FLAVOR) != null || System.getenv(FLAVOR) != null;
    if (!chosen) {
      System.setProperty(FLAVOR, "cpu");
    }
    try {
      LibUtils.checkStatus();
    } catch (RuntimeException | LinkageError e) {
      throw new VlmException(
          ErrorCode.MACHINE_UNFIT,
          "the native library of tokenizers cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + e
              + "): check that ai.djl.huggingface:tokenizers has one for this platform, and"
              + " DJL_CACHE_DIR, where it is unpacked, can be written",
          e);
    } finally {
      if (!chosen) {
        System.clearProperty(FLAVOR);
      }
    }
  }
}
