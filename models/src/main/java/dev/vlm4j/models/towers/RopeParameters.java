package dev.vlm4j.models.towers;

import static dev.vlm4j.models.towers.ConfigValues.orElse;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code rope_parameters} of a newer checkpoint or the {@code rope_scaling} of an older one,
 * null where the file is silent. Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/modeling_rope_utils.py">modeling_rope_utils.py</a>.
 *
 * @param ropeType kind of scaling: {@code default}, {@code linear} or {@code llama3}
 * @param type former name of {@code rope_type}
 * @param ropeTheta base of the frequencies
 * @param factor how much the context is stretched
 * @param lowFreqFactor {@code llama3}: bound of the long waves
 * @param highFreqFactor {@code llama3}: bound of the short waves
 * @param originalMaxPositionEmbeddings {@code llama3}: context before stretching, in positions
 * @param mropeSection how many frequencies take the position in time, height and width
 */
public record RopeParameters(
    @Nullable String ropeType,
    @Nullable String type,
    @Nullable Double ropeTheta,
    @Nullable Double factor,
    @Nullable Double lowFreqFactor,
    @Nullable Double highFreqFactor,
    @Nullable Double originalMaxPositionEmbeddings,
    @Nullable List<Integer> mropeSection) {
  private static final double DEFAULT_THETA = 10000;

  /** No scaling, default base. */
  public static final RopeParameters DEFAULT =
      new RopeParameters(null, null, null, null, null, null, null, null);

  /** Returns the kind of scaling. */
  public String kind() {
    return orElse(ropeType, orElse(type, "default"));
  }

  /** Returns these parameters without scaling, under whatever name they have it. */
  public RopeParameters unscaled() {
    return new RopeParameters(null, null, ropeTheta, null, null, null, null, mropeSection);
  }

  /**
   * Returns one inverse frequency per pair of elements, computed in single precision like the
   * reference.
   *
   * @param dim elements of a head that are rotated, even
   * @param outerTheta {@code rope_theta} beside this record, used if there is none inside
   * @throws VlmException {@code ARCHITECTURE_UNSUPPORTED} for other kinds of scaling, {@code
   *     CONFIG_INVALID} if a factor is missing
   */
  public List<Float> inverseFrequencies(int dim, @Nullable Double outerTheta) {
    double theta = orElse(ropeTheta, orElse(outerTheta, DEFAULT_THETA));
    String kind = kind();
    List<Float> frequencies = new ArrayList<>();
    for (int i = 0; i < dim; i += 2) {
      float exponent = (float) i / dim;
      float plain = 1f / (float) Math.pow(theta, exponent);
      frequencies.add(
          switch (kind) {
            case "default" -> plain;
            case "linear" -> plain / required("factor", factor);
            case "llama3" -> llama3(plain);
            default ->
                throw ConfigValues.unsupported(
                    "text_config rope_type", kind, "default, linear, llama3");
          });
    }
    return frequencies;
  }

  /** Long waves are stretched, short ones are kept, those between are blended. */
  private float llama3(float plain) {
    float stretch = required("factor", factor);
    float low = required("low_freq_factor", lowFreqFactor);
    float high = required("high_freq_factor", highFreqFactor);
    float context = required("original_max_position_embeddings", originalMaxPositionEmbeddings);
    float wavelength = (float) (2 * Math.PI) / plain;
    if (wavelength > context / low) {
      return plain / stretch;
    }
    if (wavelength < context / high) {
      return plain;
    }
    float smooth = (context / wavelength - low) / (high - low);
    return (1 - smooth) * plain / stretch + smooth * plain;
  }

  private static float required(String field, @Nullable Double value) {
    if (value == null) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID,
          "config.json: the rope settings of text_config lack " + field + "; add it");
    }
    return value.floatValue();
  }
}
