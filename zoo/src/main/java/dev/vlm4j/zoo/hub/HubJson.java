package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** Reads JSON that strangers wrote, within limits. */
final class HubJson {
  private static final int DEPTH = 50;
  private static final int LONGEST_TEXT = 1 << 20;
  private static final JsonMapper MAPPER =
      new JsonMapper(
          JsonFactory.builder()
              .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(DEPTH)
                      .maxStringLength(LONGEST_TEXT)
                      .build())
              .build());

  private HubJson() {}

  /** Returns the value; a missing node if there is none. */
  static JsonNode read(byte[] text) throws IOException {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new MalformedJson(e.getLocation());
    }
  }

  /** The text is no JSON. The parser's own failure quotes the text, so it is not the cause. */
  static final class MalformedJson extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedJson(JsonLocation at) {
      super("it is no JSON" + (at == null ? "" : ", at byte " + at.getByteOffset()));
    }
  }
}
