package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds out by rendering in which form a template keeps the content of a message. */
final class ContentProbe {
  private static final String TEXT = "probetextqzv";
  private static final String REST = "proberestqzv";
  private static final String FILLER = "filler";

  private final ChatTemplate template;
  private final Map<String, Object> context;

  ContentProbe(ChatTemplate template, Map<String, ?> context) {
    this.template = template;
    this.context = new HashMap<>(context);
    this.context.put("add_generation_prompt", true);
  }

  boolean keeps(String role, ContentForm form) {
    for (ContentForm filler : ContentForm.values()) {
      if (keepsText(chat(role, form, filler))) {
        return true;
      }
    }
    return false;
  }

  private static List<Object> chat(String role, ContentForm form, ContentForm filler) {
    List<Object> messages = new ArrayList<>();
    Object probed = message(role, form, new UserText(TEXT));
    Object user = message("user", filler, FILLER);
    switch (role) {
      case "user" -> messages.add(probed);
      case "system", "developer" -> messages.addAll(List.of(probed, user));
      case "assistant" -> messages.addAll(List.of(user, probed));
      default -> messages.addAll(List.of(user, message("assistant", filler, FILLER), probed));
    }
    return messages;
  }

  private static Map<String, Object> message(String role, ContentForm form, Object text) {
    // The extra key shows up only where a whole part is printed instead of its text.
    Map<String, Object> part = Map.of("type", "text", "text", text, "unread", new UserText(REST));
    return Map.of("role", role, "content", form == ContentForm.STRING ? text : List.of(part));
  }

  private boolean keepsText(List<Object> messages) {
    context.put("messages", messages);
    try {
      String user = userText(template.render(context, Limits.standard()));
      return user.contains(TEXT) && !user.contains(REST);
    } catch (TemplateException e) {
      // A template may refuse a form it does not read: that is the answer, not a failure.
      return false;
    }
  }

  private static String userText(List<TemplatePart> parts) {
    StringBuilder text = new StringBuilder();
    for (TemplatePart part : parts) {
      text.append(part.fromUser() ? part.text() : "\n");
    }
    return text.toString().toLowerCase(Locale.ROOT);
  }
}
