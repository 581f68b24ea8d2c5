package dev.vlm4j.zoo.answer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * Finds JSON objects anywhere in a text: behind words, in a Markdown fence, in a list that is cut
 * off. For one text.
 */
final class JsonBoxReader {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int NOT_READ = -1;

  /** Beyond this the text is no list of places; trying every brace of it could take very long. */
  private static final int MOST_FAILURES = 100;

  private final BoxObjects objects;
  private final Findings findings;
  private int failures;
  private int malformed;
  private boolean cutOff;

  JsonBoxReader(FrameScale scale, Findings findings) {
    this.objects = new BoxObjects(scale, findings);
    this.findings = findings;
  }

  static boolean isIn(String text) {
    return text.contains(BoxObjects.BOX) || text.contains(BoxObjects.POINT);
  }

  void read(String text) {
    char[] characters = text.toCharArray();
    int at = text.indexOf('{');
    int last = 0;
    while (at >= 0 && failures < MOST_FAILURES) {
      int end = readObject(characters, at);
      last = Math.max(last, end);
      at = text.indexOf('{', end < 0 ? at + 1 : end);
    }
    objects.reportUnread();
    if (at >= 0) {
      findings.problem("the rest was not read after " + failures + " objects that are no JSON");
    }
    if (malformed > 0 && isIn(text)) {
      findings.problem(malformed + " objects are no valid JSON");
    }
    if (cutOff || (isList(text) && text.indexOf(']', last) < 0)) {
      findings.problem("the text ends inside of its JSON");
    }
  }

  private static boolean isList(String text) {
    String before = text.substring(0, Math.max(0, text.indexOf('{'))).strip();
    return before.endsWith("[");
  }

  /** Reads the object that starts there and returns where it ends. */
  private int readObject(char[] text, int start) {
    try (JsonParser parser = MAPPER.createParser(text, start, text.length - start)) {
      JsonNode object = parser.readValueAsTree();
      objects.collect(object);
      return start + Math.toIntExact(parser.currentLocation().getCharOffset());
    } catch (JsonEOFException e) {
      cutOff = true;
    } catch (IOException e) {
      malformed++;
    }
    failures++;
    return NOT_READ;
  }
}
