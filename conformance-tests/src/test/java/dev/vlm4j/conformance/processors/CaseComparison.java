package dev.vlm4j.conformance.processors;

import dev.vlm4j.api.Image;
import dev.vlm4j.api.ModelInputs;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.ProcessorTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Compares one case with its recording. */
final class CaseComparison {
  private final RecordedCase recorded;
  private final List<String> problems = new ArrayList<>();
  private boolean text;
  private boolean ids;
  private boolean tensors = true;
  private double distance;

  CaseComparison(RecordedCase recorded) {
    this.recorded = recorded;
  }

  CaseComparison run(Supplier<OpenProcessor> processor, Function<String, Image> pictures) {
    try {
      ModelInputs inputs =
          processor.get().inputs(recorded.prompt(pictures), recorded.modelOptions());
      if (recorded.refused() != null) {
        problems.add("is not refused; the reference says " + recorded.refused());
        return this;
      }
      text = same("text", recorded.text(), Shortened.text(inputs.prompt()));
      ids = same("ids", recorded.ids(), Shortened.ids(inputs.promptTokenIds()));
      compareTensors(inputs.tensors());
    } catch (VlmException e) {
      text = ids = recorded.refused() != null;
      tensors = text;
      if (!text) {
        problems.add("is refused: " + e.getMessage());
      }
    }
    return this;
  }

  private boolean same(String what, String wanted, String got) {
    if (wanted.equals(got)) {
      return true;
    }
    problems.add("%s differ:\n      wanted %s\n      got    %s".formatted(what, wanted, got));
    return false;
  }

  private void compareTensors(List<ProcessorTensor> got) {
    TreeSet<String> names = new TreeSet<>(got.stream().map(ProcessorTensor::name).toList());
    TreeSet<String> wanted =
        new TreeSet<>(recorded.tensors().stream().map(RecordedTensor::name).toList());
    tensors = same("names of tensors", wanted.toString(), names.toString());
    for (RecordedTensor tensor : recorded.tensors()) {
      got.stream()
          .filter(other -> other.name().equals(tensor.name()))
          .forEach(other -> compare(tensor, other));
    }
  }

  private void compare(RecordedTensor wanted, ProcessorTensor got) {
    if (!wanted.hasShapeOf(got)) {
      tensors = false;
      problems.add(
          "%s: wanted %s %s, got %s %s"
              .formatted(wanted.name(), wanted.type(), wanted.shape(), got.type(), got.tensor()));
    } else if (!wanted.hasBytesOf(got)) {
      tensors = false;
      distance = Math.max(distance, wanted.distance(got.tensor()));
      problems.add(
          "%s differs; largest difference of %d samples: %s"
              .formatted(wanted.name(), wanted.samples().size(), wanted.distance(got.tensor())));
    }
  }

  /** Returns what is different, one sentence each; empty if nothing is. */
  List<String> problems() {
    return problems.stream().map(problem -> recorded.name() + ": " + problem).toList();
  }

  boolean text() {
    return text;
  }

  boolean ids() {
    return ids;
  }

  boolean tensors() {
    return tensors;
  }

  /** Returns the largest difference that the samples show. */
  double distance() {
    return distance;
  }
}
