package dev.vlm4j.spi;

import dev.vlm4j.api.ImageBackend;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Entry of a model architecture, found by {@link java.util.ServiceLoader}. Needs a public
 * constructor without arguments. Stateless.
 */
public interface Architecture {
  /** Returns the name of the adapter, for example {@code llava}. */
  String name();

  /** Returns the {@code model_type} values that it answers to. */
  List<String> modelTypes();

  /**
   * Returns {@code model_type} values of relatives that it does not support, each with the reason:
   * a sentence about the model, for the message of the error.
   */
  default Map<String, String> unsupportedModelTypes() {
    return Map.of();
  }

  /** Returns Hub identifiers of checkpoints whose layout is tested. */
  List<String> testedCheckpoints();

  /**
   * Returns special tokens that the model knows although tokenizer files may lack them: the
   * reference's processor adds what is missing behind the tokenizer's last id, in this order.
   */
  default List<String> addedTokens() {
    return List.of();
  }

  /**
   * Returns which image processors the reference has for the architecture, and are followed here.
   */
  default Set<ImageBackend> imageBackends() {
    return Set.of(ImageBackend.TORCHVISION);
  }

  /**
   * Reads the settings of a checkpoint.
   *
   * @throws dev.vlm4j.error.VlmException {@code ARCHITECTURE_UNSUPPORTED} or {@code CONFIG_INVALID}
   *     naming the setting
   */
  ModelAdapter adapt(CheckpointConfig config);

  /**
   * Reads the settings of a checkpoint as far as its prompts and pictures need them.
   *
   * @throws dev.vlm4j.error.VlmException as {@link #adapt}
   */
  default ModelProcessor processor(CheckpointConfig config) {
    return adapt(config);
  }

  /**
   * Returns whether models of the architecture can run; otherwise it is a {@link
   * ProcessorArchitecture}.
   */
  default boolean hasGraphs() {
    return true;
  }
}
