package dev.vlm4j.error;

import org.jspecify.annotations.Nullable;

/** The one exception type of vlm4j. The message names the cause and the next step. */
public class VlmException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** Creates an error whose message is complete in itself. */
  public VlmException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  /** Creates an error that keeps the failure below it as its cause. */
  public VlmException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** Returns the stable identity of the failure. */
  public ErrorCode code() {
    return code;
  }
}
