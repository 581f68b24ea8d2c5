package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.CheckpointFiles;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P14: nothing of a repository that is code, or can carry code, is fetched. */
class HubCodeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pytorch_model.bin",
        "pytorch_model-00001-of-00002.bin",
        "model.pt",
        "model.pth",
        "checkpoint.ckpt",
        "weights.pkl",
        "weights.pickle",
        "tf_model.h5",
        "weights.npy",
        "weights.npz",
        "flax_model.msgpack",
        "model.onnx",
        "model.gguf",
        "modeling_custom.py",
        "native.so",
        "native.dll"
      })
  void refusesARepositoryThatHasNothingElse(String name) {
    List<String> names = List.of("config.json", name);
    assertThat(CheckpointFiles.settings(names)).containsExactly("config.json");
    assertThatThrownBy(() -> CheckpointFiles.weights(names, List::of))
        .isInstanceOfSatisfying(
            VlmException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.WEIGHTS_FORMAT_REFUSED))
        .hasMessageContaining(name);
  }

  @Test
  void leavesCodeAloneWhereThereAreSafetensors() {
    List<String> names =
        List.of(
            "config.json",
            "model.safetensors",
            "pytorch_model.bin",
            "configuration_custom.py",
            "modeling_custom.py",
            "kernels/build/kernel.so",
            "onnx/model.onnx",
            "original/model.safetensors",
            "README.md",
            "setup.sh");
    List<String> chosen = new ArrayList<>(CheckpointFiles.settings(names));
    chosen.addAll(CheckpointFiles.weights(names, List::of));
    assertThat(chosen).containsExactly("config.json", "model.safetensors");
  }

  @Test
  void takesTheShardsThatTheIndexNames() {
    List<String> names =
        List.of(
            "config.json",
            "model.safetensors.index.json",
            "model-00001-of-00002.safetensors",
            "model-00002-of-00002.safetensors",
            "consolidated.safetensors");
    assertThat(CheckpointFiles.settings(names))
        .containsExactly("config.json", "model.safetensors.index.json");
    assertThat(
            CheckpointFiles.weights(
                names,
                () ->
                    List.of(
                        "model-00002-of-00002.safetensors", "model-00001-of-00002.safetensors")))
        .containsExactly("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
  }

  @Test
  void saysThatThereAreNoWeights() {
    assertThatThrownBy(() -> CheckpointFiles.weights(List.of("config.json"), List::of))
        .hasMessageContaining("has no weights");
  }
}
