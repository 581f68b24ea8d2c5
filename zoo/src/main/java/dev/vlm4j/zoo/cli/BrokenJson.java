package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** Says in words what is wrong with JSON that a user wrote; the library names its classes. */
final class BrokenJson {
  private BrokenJson() {}

  static String reason(JsonProcessingException failure) {
    if (failure instanceof JsonEOFException) {
      return "it ends too early";
    }
    if (failure instanceof MismatchedInputException) {
      return "more follows where it should end";
    }
    if (failure instanceof StreamConstraintsException) {
      return "it is nested too deeply, or a part of it is too long";
    }
    return String.valueOf(failure.getOriginalMessage()).lines().findFirst().orElse("malformed");
  }
}
