package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * How the reference's image processors read their settings. A null stays what it is: a switch is
 * off then, and what a switch that is on needs is an error. Sizes are refused unless they have
 * certain keys, used or not. Source: <a
 * href="https://github.com/huggingface/transformers/blob/v5.0.0/src/transformers/image_processing_utils.py">image_processing_utils.py</a>.
 *
 * @param settings what the files say; changed in place
 * @param file named in errors
 */
record PictureSettings(ObjectNode settings, String file) {
  private static final List<String> PATCHES =
      List.of("patch_size", "temporal_patch_size", "merge_size");

  /** Bounds beside the size of Qwen-VL replace its parts. */
  private static final Map<String, String> BOUNDS =
      Map.of("min_pixels", "shortest_edge", "max_pixels", "longest_edge");

  private static final List<String> SIZES = List.of("size", "crop_size", "pad_size");
  private static final String GRIDS = "image_grid_pinpoints";
  private static final Set<Set<String>> KEYS =
      Set.of(
          Set.of("height", "width"),
          Set.of("shortest_edge"),
          Set.of("longest_edge"),
          Set.of("shortest_edge", "longest_edge"),
          Set.of("max_height", "max_width"),
          Set.of("min_pixels", "max_pixels"));

  /** Classes that cut out the middle by default, to a size of their own. */
  private static final Pattern CROPPING = Pattern.compile("(CLIP|Llava|LlavaNext)Image.*");

  /** Brings all values into the form that adapters read. */
  void normalize() {
    SIZES.forEach(this::readSize);
    readNulls();
  }

  /** A size may be a bare number, or a list of height and width. */
  private void readSize(String field) {
    JsonNode value = settings.path(field);
    if (value instanceof ObjectNode size) {
      checkKeys(field, size);
    } else if (!value.isMissingNode() && !value.isNull() && hasBounds(field)) {
      throw refused(
          field + " is " + value + " although min_pixels or max_pixels would replace its parts",
          "give shortest_edge and longest_edge");
    } else if (value.isInt()) {
      settings.set(field, JsonFiles.emptyObject().set("edge", value));
    } else if (value.isArray() && value.size() == 2) {
      ObjectNode sides = JsonFiles.emptyObject();
      sides.set("height", value.path(0));
      sides.set("width", value.path(1));
      settings.set(field, sides);
    }
  }

  private void checkKeys(String field, ObjectNode size) {
    Set<String> keys = new TreeSet<>();
    size.fieldNames().forEachRemaining(keys::add);
    Set<String> read = new TreeSet<>(keys);
    if (hasBounds(field)) {
      BOUNDS.forEach((bound, edge) -> replace(read, bound, edge));
    }
    if (!KEYS.contains(read)) {
      throw refused(
          field + " has the keys " + keys,
          "give height and width, shortest_edge, longest_edge, both edges, max_height and"
              + " max_width, or min_pixels and max_pixels");
    }
  }

  private void replace(Set<String> keys, String bound, String edge) {
    if (settings.hasNonNull(bound)) {
      keys.remove(bound);
      keys.add(edge);
    }
  }

  private boolean hasBounds(String field) {
    return field.equals("size")
        && isQwen()
        && BOUNDS.keySet().stream().anyMatch(settings::hasNonNull);
  }

  private boolean isQwen() {
    return type().startsWith("Qwen2VL");
  }

  private String type() {
    return settings.path("image_processor_type").asText();
  }

  private void readNulls() {
    List<String> switches =
        settings.properties().stream()
            .filter(field -> field.getKey().startsWith("do_") && field.getValue().isNull())
            .map(Map.Entry::getKey)
            .toList();
    switches.forEach(field -> settings.put(field, false));
    refuseNull("do_resize", "resample");
    refuseNull("do_rescale", "rescale_factor");
    refuseNull("do_normalize", "image_mean");
    refuseNull("do_normalize", "image_std");
    if (isQwen()) {
      PATCHES.forEach(field -> refuseNull("do_resize", field));
    } else {
      refuseNull("do_resize", "size");
      keepNull("size");
    }
    keepNull("crop_size");
    if (settings.path(GRIDS).isNull()) {
      settings.putArray(GRIDS);
    }
    refuseNull("do_resize", "max_image_size");
    boolean ownCrop = type().isEmpty() || CROPPING.matcher(type()).matches();
    if (!ownCrop && !settings.has("crop_size") && settings.path("do_center_crop").asBoolean()) {
      throw refused("crop_size is missing although do_center_crop is on", "give a value");
    }
  }

  /** A size without sides is refused wherever it is used, and is not taken for silence. */
  private void keepNull(String field) {
    if (settings.path(field).isNull()) {
      settings.set(field, JsonFiles.emptyObject());
    }
  }

  private void refuseNull(String step, String field) {
    if (settings.path(field).isNull() && settings.path(step).asBoolean(true)) {
      throw refused(
          field + " is null although " + step + " is on",
          "give a value, or leave the field out for the default");
    }
  }

  private VlmException refused(String cause, String next) {
    return new VlmException(
        ErrorCode.CONFIG_INVALID,
        file + ": " + cause + ", which the reference library refuses: " + next);
  }
}
