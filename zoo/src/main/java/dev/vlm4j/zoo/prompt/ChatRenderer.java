package dev.vlm4j.zoo.prompt;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.PromptFormat;
import dev.vlm4j.spi.TextPart;
import dev.vlm4j.zoo.checkpoint.CheckpointFolder;
import dev.vlm4j.zoo.template.ChatTemplate;
import dev.vlm4j.zoo.template.ContentForm;
import dev.vlm4j.zoo.template.Limits;
import dev.vlm4j.zoo.template.TemplateException;
import dev.vlm4j.zoo.template.TemplatePart;
import dev.vlm4j.zoo.template.UserText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Renders conversations with the chat template of a checkpoint. Immutable and thread-safe. */
public final class ChatRenderer implements PromptFormat {
  /** Marks the end of the text that the answer continues; cut away with all that follows. */
  private static final String END_TAG = "CONTINUE_FINAL_MESSAGE_TAG ";

  private final TemplateSource source;
  private final ChatTemplate template;
  private final Map<String, String> namedTokens;

  private ChatRenderer(
      TemplateSource source, ChatTemplate template, Map<String, String> namedTokens) {
    this.source = source;
    this.template = template;
    this.namedTokens = namedTokens;
  }

  /**
   * Reads the template of a checkpoint.
   *
   * @param namedTokens special tokens by the names that templates use
   * @throws VlmException {@code CHAT_TEMPLATE} if there is none, or it uses what is not supported
   */
  public static ChatRenderer of(CheckpointFolder folder, Map<String, String> namedTokens) {
    TemplateSource source =
        TemplateSource.find(folder)
            .orElseThrow(
                () ->
                    new VlmException(
                        ErrorCode.CHAT_TEMPLATE,
                        "the folder "
                            + folder.path()
                            + " has no chat template: add"
                            + " chat_template.jinja"));
    try {
      return new ChatRenderer(
          source, ChatTemplate.parse(source.file(), source.template()), namedTokens);
    } catch (TemplateException e) {
      throw failure(source, e);
    }
  }

  /** Returns the name of the file that the template came from. */
  public String sourceFile() {
    return source.file();
  }

  @Override
  public List<TextPart> render(Prompt prompt) {
    boolean continues = prompt.continuesAssistant();
    Map<String, Object> context = new LinkedHashMap<>(namedTokens);
    context.put("tools", null);
    context.put("documents", null);
    context.put("add_generation_prompt", !continues);
    context.putAll(checked(prompt.templateVariables(), context.keySet()));
    List<Map<String, Object>> messages = messages(prompt, new LinkedHashMap<>(context), continues);
    context.put("messages", messages);
    try {
      List<TextPart> parts = new ArrayList<>();
      for (TemplatePart part : template.render(context, Limits.standard())) {
        parts.add(new TextPart(part.text(), part.fromUser()));
      }
      return continues ? continued(messages.get(messages.size() - 1), parts) : parts;
    } catch (TemplateException e) {
      throw failure(source, e);
    }
  }

  /** A variable that the template does not read would silently change nothing. */
  private Map<String, Object> checked(Map<String, Object> variables, Set<String> given) {
    for (String name : variables.keySet()) {
      if (name.equals("messages") || given.contains(name)) {
        throw new VlmException(
            ErrorCode.INVALID_ARGUMENT,
            "the template variable '" + name + "' is set by vlm4j: choose another name");
      }
      if (!template.variables().contains(name)) {
        throw new VlmException(
            ErrorCode.INVALID_ARGUMENT,
            "the chat template in "
                + source.file()
                + " reads no variable '"
                + name
                + "': check its spelling, or leave it out");
      }
    }
    return variables;
  }

  private static VlmException failure(TemplateSource source, TemplateException e) {
    return new VlmException(
        ErrorCode.CHAT_TEMPLATE,
        "the chat template in " + source.file() + " cannot be used: " + e.getMessage(),
        e);
  }

  private List<Map<String, Object>> messages(
      Prompt prompt, Map<String, Object> context, boolean continuesLast) {
    List<Map<String, Object>> messages = new ArrayList<>();
    int last = prompt.messages().size() - 1;
    for (int i = 0; i <= last; i++) {
      Message message = prompt.messages().get(i);
      List<Content> content = message.content();
      messages.add(
          message(message, continuesLast && i == last ? tagged(content) : content, context));
    }
    return messages;
  }

  private static List<Content> tagged(List<Content> content) {
    List<Content> tagged = new ArrayList<>(content);
    for (int i = tagged.size() - 1; i >= 0; i--) {
      if (tagged.get(i) instanceof Content.Text text) {
        tagged.set(i, new Content.Text(text.text() + END_TAG));
        return tagged;
      }
    }
    throw new VlmException(
        ErrorCode.INVALID_MESSAGES, "the last message of the assistant has no text to continue");
  }

  private Map<String, Object> message(
      Message message, List<Content> content, Map<String, Object> context) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("role", message.role().label());
    fields.put(
        "content",
        formOf(message, context) == ContentForm.STRING ? string(content) : parts(content));
    return fields;
  }

  /** A template that prints a text in neither form would lose it silently. */
  private ContentForm formOf(Message message, Map<String, Object> context) {
    boolean hasText =
        message.content().stream()
            .anyMatch(part -> part instanceof Content.Text text && !text.text().isEmpty());
    ContentForm form =
        template
            .preferredContentForm(message.role().label(), context)
            .orElse(hasText ? null : ContentForm.PARTS);
    boolean losesPicture =
        form == ContentForm.STRING
            && message.content().stream().anyMatch(Content.Picture.class::isInstance);
    if (form == null || losesPicture) {
      throw new VlmException(
          ErrorCode.CHAT_TEMPLATE,
          "the chat template in "
              + source.file()
              + " would drop "
              + (losesPicture ? "pictures" : "texts")
              + " of the role "
              + message.role().label()
              + ": leave them out, or put them into a message of the user");
    }
    return form;
  }

  private static List<Object> parts(List<Content> content) {
    List<Object> parts = new ArrayList<>();
    for (Content part : content) {
      Map<String, Object> fields = new LinkedHashMap<>();
      if (part instanceof Content.Text text) {
        fields.put("type", "text");
        fields.put("text", new UserText(text.text()));
      } else {
        fields.put("type", "image");
      }
      parts.add(fields);
    }
    return parts;
  }

  private static UserText string(List<Content> content) {
    StringBuilder text = new StringBuilder();
    for (Content part : content) {
      if (part instanceof Content.Text piece) {
        text.append(piece.text());
      }
    }
    return new UserText(text.toString());
  }

  /** The answer continues the text as it was given, so a template that changes it is refused. */
  private List<TextPart> continued(Map<String, Object> last, List<TextPart> parts) {
    List<TextPart> cut = cutAtTag(parts);
    StringBuilder rendered = new StringBuilder();
    parts.forEach(part -> rendered.append(part.text()));
    String tagged = finalText(last);
    String given = tagged.substring(0, tagged.length() - END_TAG.length());
    if (rendered.indexOf(stripLeading(stripTrailing(given))) < 0) {
      throw new VlmException(
          ErrorCode.CHAT_TEMPLATE,
          "the chat template in "
              + source.file()
              + " changes the assistant's last message, it cannot be continued: leave out what it"
              + " drops");
    }
    return cut;
  }

  /** The text that ends with the tag, in the form that the template was given. */
  private static String finalText(Map<String, Object> message) {
    if (message.get("content") instanceof UserText whole) {
      return whole.text();
    }
    String text = END_TAG;
    if (message.get("content") instanceof List<?> parts) {
      for (Object part : parts) {
        if (part instanceof Map<?, ?> fields && fields.get("text") instanceof UserText piece) {
          text = piece.text();
        }
      }
    }
    return text;
  }

  /** A template that trims the final text also trims what stands before the tag. */
  private List<TextPart> cutAtTag(List<TextPart> parts) {
    String tag = END_TAG.strip();
    for (int i = parts.size() - 1; i >= 0; i--) {
      TextPart part = parts.get(i);
      int at = part.text().lastIndexOf(tag);
      if (at >= 0) {
        boolean spacesKept = part.text().startsWith(END_TAG, at);
        String kept = part.text().substring(0, at);
        List<TextPart> cut = new ArrayList<>(parts.subList(0, i));
        cut.add(new TextPart(kept, part.fromUser()));
        return spacesKept ? cut : stripTrailing(cut);
      }
    }
    throw new VlmException(
        ErrorCode.CHAT_TEMPLATE,
        "the chat template in "
            + source.file()
            + " drops the assistant's last message, it cannot be"
            + " continued");
  }

  /** Strips what Python's {@code rstrip} does, which takes more for white space than Java. */
  private static String stripTrailing(String text) {
    int end = text.length();
    while (end > 0 && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(0, end);
  }

  private static String stripLeading(String text) {
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    return text.substring(start);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
  }

  private static List<TextPart> stripTrailing(List<TextPart> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      String kept = stripTrailing(parts.get(i).text());
      parts.set(i, new TextPart(kept, parts.get(i).fromUser()));
      if (!kept.isEmpty()) {
        break;
      }
    }
    return parts;
  }
}
