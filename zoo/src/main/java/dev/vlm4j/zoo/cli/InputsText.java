package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.api.ModelInputs.Kind;
import dev.vlm4j.spi.ProcessorTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a model sees of a prompt, for people. */
final class InputsText {
  private static final int SHOWN = 60;

  private final ModelInputs inputs;

  InputsText(ModelInputs inputs) {
    this.inputs = inputs;
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("template: " + inputs.templateSource());
    lines.add("prompt, special tokens in [[ ]]:");
    lines.addAll(marked().lines().toList());
    lines.add("prompt tokens: " + inputs.promptTokenIds().size() + sums());
    inputs.parts().forEach(part -> lines.add(line(part)));
    for (int i = 0; i < inputs.images().size(); i++) {
      lines.add("picture " + (i + 1) + ": " + text(inputs.images().get(i)));
    }
    inputs.tensors().forEach(tensor -> lines.add("tensor: " + text(tensor)));
    return lines;
  }

  private String marked() {
    StringBuilder text = new StringBuilder();
    for (ModelInputs.Part part : inputs.parts()) {
      text.append(part.kind() == Kind.TEXT ? part.text() : "[[" + name(part) + "]]");
    }
    return text.toString();
  }

  private static String name(ModelInputs.Part part) {
    return part.kind() == Kind.PICTURE
        ? "picture " + (part.picture() + 1) + ": " + part.tokens() + " x " + part.text()
        : part.text();
  }

  private String sums() {
    List<String> sums = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      int sum =
          inputs.parts().stream()
              .filter(part -> part.kind() == kind)
              .mapToInt(ModelInputs.Part::tokens)
              .sum();
      if (sum > 0) {
        sums.add(label(kind) + " " + sum);
      }
    }
    return sums.isEmpty() ? "" : " (" + String.join(", ", sums) + ")";
  }

  private static String line(ModelInputs.Part part) {
    String text = part.kind() == Kind.PICTURE ? name(part) : quoted(part.text());
    return String.format(Locale.ROOT, "%7d  %-7s  %s", part.tokens(), label(part.kind()), text);
  }

  private static String label(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** On one line, in the notation of JSON; the middle of a long text is left out. */
  private static String quoted(String text) {
    boolean isLong = text.length() > SHOWN;
    String shown =
        isLong
            ? text.substring(0, SHOWN / 2) + " ... " + text.substring(text.length() - SHOWN / 2)
            : text;
    return TextNode.valueOf(shown).toString();
  }

  private static String text(ModelInputs.ImageInput image) {
    return image.width()
        + " x "
        + image.height()
        + " pixels, seen as "
        + image.resizedWidth()
        + " x "
        + image.resizedHeight()
        + (image.tiles() == 1 ? "" : " in " + image.tiles() + " views")
        + ", "
        + image.tokens()
        + " tokens";
  }

  private static String text(ProcessorTensor tensor) {
    return tensor.name() + " " + tensor.type() + " " + Arrays.toString(tensor.tensor().sizes());
  }
}
