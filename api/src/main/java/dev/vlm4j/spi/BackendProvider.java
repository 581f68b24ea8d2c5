package dev.vlm4j.spi;

/**
 * Entry of a backend, found by {@link java.util.ServiceLoader}. Needs a public constructor without
 * arguments. Neither the constructor nor the getters load native code.
 */
public interface BackendProvider {
  /** Returns the name that users type: lower case letters and digits. */
  String name();

  /** Returns the {@link OpSet#VERSION} that the backend was compiled against. */
  int opSetVersion();

  /** Returns one line that says what the backend is and which Maven artifacts it needs. */
  String description();

  /**
   * Loads the engine.
   *
   * @throws dev.vlm4j.error.VlmException {@code BACKEND_UNAVAILABLE} if it cannot run here; the
   *     message names the reason and the artifact to add
   */
  Backend create(BackendOptions options);
}
