package dev.vlm4j.backend.tensorflow;

import dev.vlm4j.spi.CacheLengths;
import dev.vlm4j.spi.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Output;
import org.tensorflow.Result;
import org.tensorflow.Session;

/** One step of a session: feeds, runs, and copies the results. */
final class TensorFlowRun {
  private final TensorFlowProgram program;
  private final TensorFlowCaches caches;
  private final CacheLengths lengths;
  private final List<org.tensorflow.Tensor> fed = new ArrayList<>();

  TensorFlowRun(TensorFlowProgram program, TensorFlowCaches caches, CacheLengths lengths) {
    this.program = program;
    this.caches = caches;
    this.lengths = lengths;
  }

  Map<String, Tensor> run(Session engine, Map<String, Tensor> inputs, Set<String> outputs) {
    if (outputs.isEmpty() && caches.isEmpty()) {
      return Map.of();
    }
    try {
      Session.Runner runner = engine.runner();
      inputs.forEach((name, value) -> feed(runner, program.input(name), value));
      feedCaches(runner);
      List<String> names = List.copyOf(outputs);
      names.forEach(name -> runner.fetch(program.outputs().get(name)));
      // appends happen whatever results are asked for
      program.caches().writes().forEach(runner::addTarget);
      try (Result result = runner.run()) {
        return results(names, result);
      }
    } finally {
      fed.forEach(org.tensorflow.Tensor::close);
    }
  }

  private void feed(Session.Runner runner, Output<?> place, Tensor value) {
    org.tensorflow.Tensor tensor = TensorFlowTensors.feed(value);
    fed.add(tensor);
    runner.feed(place, tensor);
  }

  private void feedCaches(Session.Runner runner) {
    caches.feed(runner, program.caches().handles());
    program
        .caches()
        .lengths()
        .forEach(
            (group, place) -> {
              int[] rows = lengths.lengths(group);
              feed(runner, place, Tensor.of(rows, rows.length));
            });
  }

  private static Map<String, Tensor> results(List<String> names, Result result) {
    Map<String, Tensor> results = new HashMap<>();
    for (int i = 0; i < names.size(); i++) {
      results.put(names.get(i), TensorFlowTensors.fetch(result.get(i)));
    }
    return results;
  }
}
