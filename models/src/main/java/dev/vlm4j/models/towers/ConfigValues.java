package dev.vlm4j.models.towers;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.nn.Activation;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How values of {@code config.json} are read: absent values have defaults, impossible ones fail.
 */
public final class ConfigValues {
  private static final Map<String, Activation.Kind> ACTIVATIONS =
      Map.of(
          "gelu", Activation.Kind.GELU,
          "gelu_pytorch_tanh", Activation.Kind.GELU_TANH,
          "gelu_new", Activation.Kind.GELU_TANH,
          "quick_gelu", Activation.Kind.QUICK_GELU,
          "silu", Activation.Kind.SILU,
          "swish", Activation.Kind.SILU,
          "relu", Activation.Kind.RELU);

  private ConfigValues() {}

  /** Returns the value of the file, or the default of the reference's configuration class. */
  public static <T> T orElse(@Nullable T value, T fallback) {
    return Objects.requireNonNullElse(value, fallback);
  }

  /** Returns a count of the file, or the default; an error below 1. */
  public static int positive(String field, @Nullable Integer value, int fallback) {
    int number = orElse(value, fallback);
    if (number < 1) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: " + field + " must be at least 1, got " + number + "; correct the file");
    }
    return number;
  }

  /** Returns the activation function of that name; an error for names without a port. */
  public static Activation.Kind activation(String field, String name) {
    Activation.Kind kind = ACTIVATIONS.get(name);
    if (kind == null) {
      throw unsupported(field, name, ACTIVATIONS.keySet().stream().sorted().toList().toString());
    }
    return kind;
  }

  /** Returns the error for a setting that the reference knows and vlm4j does not. */
  public static VlmException unsupported(String field, Object value, String supported) {
    return new VlmException(
        ErrorCode.ARCHITECTURE_UNSUPPORTED,
        "config.json: " + field + " = " + value + " is not supported; supported: " + supported);
  }
}
