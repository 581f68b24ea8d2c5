package dev.vlm4j.zoo.cli;

import dev.vlm4j.api.ParsedAnswer;
import dev.vlm4j.api.PictureSize;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.LoadOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reads stored answers. */
@Command(
    name = "parse",
    description =
        "Reads the boxes, polygons and labels of an answer that was generated before, and prints"
            + " them as JSON: neither weights nor an engine are needed.",
    footer = {
      "",
      "The answer comes from standard input, special tokens included.",
      "A text that cannot be read is no failure: the field \"reason\" says why."
    })
final class ParseCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private PixelOptions pixels = new PixelOptions();

  @Option(
      names = "--task",
      paramLabel = "TASK",
      required = true,
      description = "what was asked, for example <OD> (Florence-2) or grounding (Qwen-VL)")
  private String task = "";

  @Option(
      names = "--image-size",
      paramLabel = "WxH",
      converter = PictureSizeConverter.class,
      description = "size of the original picture in pixels; places cannot be read without")
  private @Nullable PictureSize size;

  @Option(
      names = "--coco",
      paramLabel = "FILE.json",
      description = "also write the places as a COCO data set")
  private @Nullable Path coco;

  ParseCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    String id = common.model();
    if (coco != null) {
      OutputPlace.check(coco);
    }
    LoadOptions load = common.load().withImageOptions(pixels.imageOptions());
    ParsedAnswer parsed = context.zoo().parse(id, load, task, input(), Optional.ofNullable(size));
    context.line(ParsedJson.of(parsed));
    if (coco != null) {
      CocoDataset dataset = new CocoDataset();
      parsed.picture().ifPresent(picture -> dataset.add("", picture, parsed.detections()));
      dataset.write(coco);
    }
  }

  private String input() {
    try {
      byte[] bytes = context.await(context.in()::readAllBytes);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT, "the answer on standard input is not UTF-8", e);
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "the answer on standard input cannot be read: " + IoReason.of(e),
          e);
    }
  }
}
