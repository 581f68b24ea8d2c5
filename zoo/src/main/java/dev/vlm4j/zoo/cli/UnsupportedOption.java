package dev.vlm4j.zoo.cli;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;

/**
 * An option is used correctly, but what it asks for cannot be done: a failure, not wrong usage, so
 * that scripts can tell the two apart by the exit code.
 */
final class UnsupportedOption extends VlmException {
  private static final long serialVersionUID = 1L;

  UnsupportedOption(String message) {
    super(ErrorCode.INVALID_ARGUMENT, message);
  }
}
