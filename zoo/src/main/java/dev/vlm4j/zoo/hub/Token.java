package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.regex.Pattern;

/** An access token. It is sent to the endpoint only, and shown nowhere. */
public final class Token {
  private static final Pattern HEADER_SAFE = Pattern.compile("[\\x21-\\x7e]{1,4096}");
  private static final String SHOWN = "***";

  private final String value;

  /**
   * Keeps a token; white space around it is dropped.
   *
   * @throws VlmException {@code HUB_TOKEN_INVALID} if it cannot be sent
   */
  public Token(String value) {
    this(value, "");
  }

  /**
   * Keeps a token.
   *
   * @param place the variable or file that holds it, for the message; empty if it was given
   */
  Token(String value, String place) {
    this.value = value.strip();
    if (!HEADER_SAFE.matcher(this.value).matches()) {
      throw new VlmException(
          ErrorCode.HUB_TOKEN_INVALID,
          "the access token "
              + (place.isEmpty() ? "" : "in " + place + " ")
              + "is empty or has characters that no token has: copy it again");
    }
  }

  String header() {
    return "Bearer " + value;
  }

  String cookie(String name) {
    return name + "=" + value;
  }

  /** Returns a text without the token, should someone have repeated it. */
  String hideIn(String text) {
    return text.replace(value, SHOWN);
  }

  @Override
  public String toString() {
    return SHOWN;
  }
}
