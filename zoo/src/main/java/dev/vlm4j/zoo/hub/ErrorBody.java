package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** The text in the JSON body of an error, in all the forms that Hubs use. */
final class ErrorBody {
  private static final int LIMIT = 64 * 1024;

  private ErrorBody() {}

  static String text(HubResponse response) throws IOException {
    if (!response.header("content-type").orElse("").contains("json")) {
      return "";
    }
    JsonNode root = HubJson.read(response.bytes(LIMIT));
    JsonNode error = root.path("error");
    if (error.isArray()) {
      error = error.path(0);
    }
    if (!error.isTextual()) {
      error = root.path("errors").path(0).path("message");
    }
    if (!error.isTextual()) {
      error = root.path("error_description");
    }
    if (!error.isTextual()) {
      error = root.path("Message");
    }
    return error.asText("");
  }
}
