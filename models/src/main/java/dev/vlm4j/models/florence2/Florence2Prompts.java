package dev.vlm4j.models.florence2;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.spi.TextPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One message of the user: a task token, a task token and its input, or free text. Where the
 * reference is silent about a task token that it does not know, or about missing input, this is an
 * error. Location tokens ({@code <loc_0>} to {@code <loc_999>}) are how users name places, so these
 * are tokens in a user's text too; nothing else is.
 *
 * @param layout decides the frame of the prompt and which white space is kept
 */
record Florence2Prompts(Florence2Layout layout) implements PromptFormat {
  static final String IMAGE = "<image>";
  static final String START = "<s>";
  static final String END = "</s>";

  private static final Pattern LOCATION = Pattern.compile("<loc_(0|[1-9]\\d{0,2})>");
  private static final Pattern TASK_LIKE =
      Pattern.compile("\\s*(<[A-Z][A-Z_]*>).*", Pattern.DOTALL);

  @Override
  public List<TextPart> render(Prompt prompt) {
    Message message = onlyMessage(prompt);
    int pictures = prompt.pictures().size();
    checkPictures(pictures);
    List<TextPart> parts = new ArrayList<>();
    if (layout == Florence2Layout.NATIVE && pictures == 1) {
      parts.add(template(IMAGE));
    }
    boolean framed = pictures == 1;
    if (framed) {
      parts.add(template(START));
    }
    addText(text(message), parts);
    if (framed) {
      parts.add(template(END));
    }
    return parts;
  }

  private static Message onlyMessage(Prompt prompt) {
    if (prompt.messages().size() != 1 || prompt.messages().get(0).role() != Role.USER) {
      throw new VlmException(
          ErrorCode.INVALID_MESSAGES,
          "Florence-2 reads one message of the user, no system text and no history; got "
              + prompt.messages().stream()
                  .map(message -> message.role().label())
                  .collect(Collectors.joining(", "))
              + ": leave the others out");
    }
    return prompt.messages().get(0);
  }

  private void checkPictures(int pictures) {
    boolean fits = pictures == 1 || (pictures == 0 && layout == Florence2Layout.NATIVE);
    if (!fits) {
      throw new VlmException(
          ErrorCode.IMAGE_COUNT_MISMATCH,
          "Florence-2 reads one picture, the prompt has " + pictures + ": give exactly one");
    }
  }

  private static String text(Message message) {
    return message.content().stream()
        .filter(Content.Text.class::isInstance)
        .map(part -> ((Content.Text) part).text())
        .collect(Collectors.joining());
  }

  private void addText(String text, List<TextPart> parts) {
    Optional<Florence2Task> found = Florence2Task.in(text);
    if (found.isEmpty()) {
      refuseUnknownTask(text);
      addUserText(text, parts);
      return;
    }
    Florence2Task task = found.get();
    parts.add(template(task.before()));
    if (task.takesInput()) {
      addUserText(input(task, text), parts);
      parts.add(template(task.after()));
    } else if (!text.equals(task.token())) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the task " + task.token() + " takes no text: it must be the whole prompt");
    }
  }

  private String input(Florence2Task task, String text) {
    String input = text.replace(task.token(), "");
    if (input.isBlank()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the task "
              + task.token()
              + " needs a text after its token, for example "
              + task.token()
              + (task.name().startsWith("REGION")
                  ? "<loc_52><loc_332><loc_932><loc_774>"
                  : "a car"));
    }
    return layout == Florence2Layout.NATIVE ? input.strip() : input;
  }

  private static void refuseUnknownTask(String text) {
    Matcher matcher = TASK_LIKE.matcher(text);
    if (matcher.matches()) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "there is no task "
              + matcher.group(1)
              + "; there are: "
              + String.join(", ", Florence2Task.tokens()));
    }
  }

  private static void addUserText(String text, List<TextPart> parts) {
    Matcher location = LOCATION.matcher(text);
    int start = 0;
    while (location.find()) {
      parts.add(new TextPart(text.substring(start, location.start()), true));
      parts.add(template(location.group()));
      start = location.end();
    }
    parts.add(new TextPart(text.substring(start), true));
  }

  private static TextPart template(String text) {
    return new TextPart(text, false);
  }
}
