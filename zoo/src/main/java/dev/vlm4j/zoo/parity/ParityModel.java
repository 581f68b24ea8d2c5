package dev.vlm4j.zoo.parity;

import dev.vlm4j.api.Answer;
import dev.vlm4j.api.GenerationOptions;
import dev.vlm4j.api.ModelInfo;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.spi.CompiledGraph;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.zoo.generation.PreparedPrompt;
import java.util.List;

/** The model of a comparison, which can be put on one engine after the other. For one thread. */
public interface ParityModel {
  /** Returns what was asked for: a folder, a Hub identifier or {@code builtin}. */
  String id();

  /** Returns what the reference does outside of its modules. */
  ModelAdapter adapter();

  /** Returns the graphs of all stages. */
  List<Graph> graphs();

  /** Turns a prompt into tensors, anew with every call. */
  PreparedPrompt prepare(Prompt prompt);

  /**
   * Loads an engine for all stages.
   *
   * @param base whether to compute in fp32; else the precision that the user chose
   * @throws dev.vlm4j.error.VlmException {@code BACKEND_UNKNOWN}, {@code BACKEND_UNAVAILABLE} or
   *     {@code PRECISION_UNSUPPORTED}
   */
  Engine load(String backend, boolean base);

  /** A loaded engine. Close it before loading the next one: each holds the weights. */
  interface Engine extends AutoCloseable {
    /** Compiles a graph; it lives as long as the engine. */
    CompiledGraph compile(Graph graph);

    /** Returns the stages that have been compiled. */
    List<ModelInfo.Stage> stages();

    /** Answers as a loaded model does; all stages must have been compiled. */
    Answer answer(Prompt prompt, GenerationOptions options);

    @Override
    void close();
  }
}
