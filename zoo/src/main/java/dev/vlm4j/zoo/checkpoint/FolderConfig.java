package dev.vlm4j.zoo.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.api.ImageBackend;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.CheckpointConfig;
import java.util.function.ToIntFunction;

/** The settings of a checkpoint folder for its architecture. Immutable. */
public final class FolderConfig implements CheckpointConfig {
  private static final String MODEL_FILE = "config.json";
  private static final String IMAGE_FILE = "preprocessor_config.json";
  private static final String PROCESSOR_FILE = "processor_config.json";
  private static final String GENERATION_FILE = "generation_config.json";

  private final ObjectNode model;
  private final ObjectNode processor;
  private final ObjectNode generation;
  private final String processorFile;
  private final ToIntFunction<String> tokenIds;
  private final ImageBackend imageBackend;

  /**
   * Reads the files, for the image processors that the reference uses by default.
   *
   * @param tokenIds finds the id of a token
   * @throws VlmException {@code CONFIG_INVALID}, or {@code FILE_MISSING} without processor settings
   */
  public FolderConfig(CheckpointFolder folder, ToIntFunction<String> tokenIds) {
    this(folder, tokenIds, ImageBackend.TORCHVISION);
  }

  /**
   * Reads the files.
   *
   * @param tokenIds finds the id of a token
   * @param imageBackend which image processors are to be followed
   * @throws VlmException {@code CONFIG_INVALID}, or {@code FILE_MISSING} without processor settings
   */
  public FolderConfig(
      CheckpointFolder folder, ToIntFunction<String> tokenIds, ImageBackend imageBackend) {
    this.model = folder.config();
    this.processor = JsonFiles.emptyObject();
    this.generation = folder.json(GENERATION_FILE).orElseGet(JsonFiles::emptyObject);
    this.tokenIds = tokenIds;
    this.imageBackend = imageBackend;
    folder.json(IMAGE_FILE).ifPresent(processor::setAll);
    folder.json(PROCESSOR_FILE).ifPresent(this::addProcessor);
    this.processorFile = folder.find(PROCESSOR_FILE).isPresent() ? PROCESSOR_FILE : IMAGE_FILE;
    if (processor.isEmpty()) {
      folder.require(IMAGE_FILE, "pictures cannot be prepared without it");
    }
    new PictureSettings(processor, processorFile).normalize();
  }

  /** The reference ignores the older file if the newer one has nested image settings. */
  private void addProcessor(ObjectNode file) {
    if (file.path("image_processor") instanceof ObjectNode nested) {
      processor.removeAll();
      processor.setAll(file);
      processor.setAll(nested);
    } else {
      processor.setAll(file);
    }
  }

  /**
   * Returns whether the image processor converts pictures to RGB itself, which shows the
   * transparent colour of a file as white; all classes do unless the files say otherwise.
   */
  public boolean convertsToRgb() {
    return processor.path("do_convert_rgb").asBoolean(true);
  }

  @Override
  public String modelType() {
    return modelType(model);
  }

  /** Returns {@code model_type} of a {@code config.json}. */
  public static String modelType(ObjectNode config) {
    JsonNode type = config.path("model_type");
    if (!type.isTextual()) {
      throw new VlmException(
          ErrorCode.CONFIG_INVALID, MODEL_FILE + " has no model_type; correct the file");
    }
    return type.asText();
  }

  @Override
  public <T> T model(Class<T> type) {
    return JsonFiles.map(model, MODEL_FILE, type);
  }

  @Override
  public <T> T processor(Class<T> type) {
    return JsonFiles.map(processor, processorFile, type);
  }

  @Override
  public <T> T generation(Class<T> type) {
    return JsonFiles.map(generation, GENERATION_FILE, type);
  }

  @Override
  public int tokenId(String token) {
    return tokenIds.applyAsInt(token);
  }

  @Override
  public ImageBackend imageBackend() {
    return imageBackend;
  }
}
