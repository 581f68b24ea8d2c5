package dev.vlm4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Expects typed errors. */
final class Failures {
  private Failures() {}

  /** Calls and expects a {@link VlmException} of one of the codes; returns its message. */
  static String expect(List<ErrorCode> codes, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).as("the call must fail with %s", codes).isInstanceOf(VlmException.class);
    assertThat(((VlmException) thrown).code()).as("code of: %s", thrown).isIn(codes);
    String message = Objects.requireNonNullElse(thrown.getMessage(), "");
    assertThat(message).as("message").isNotBlank();
    return message;
  }

  /** Calls and expects a {@link VlmException} of that code; returns its message. */
  static String expect(ErrorCode code, ThrowingCallable call) {
    return expect(List.of(code), call);
  }
}
