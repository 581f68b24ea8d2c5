package dev.vlm4j.zoo.cli;

import dev.vlm4j.zoo.DownloadedModel;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.Vlm4j;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Fetches a model without loading it. */
@Command(
    name = "download",
    description = "Downloads the files of a model that are needed into the Hub cache.",
    footer = {
      "",
      "The cache is the official one: Python programs find the files too. A token is read from",
      "HF_TOKEN or from the file that the official login leaves."
    })
final class DownloadCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(arity = "0..1", paramLabel = "HUB_ID", description = "the model, such as org/name")
  private @Nullable String given;

  DownloadCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    LoadOptions options = context.following(common.load());
    String id = common.model(given);
    if (id.equals(Vlm4j.BUILTIN) || id.equals(Vlm4j.BUILTIN_DETECTOR)) {
      throw common.usage(id + " comes with vlm4j: there is nothing to download");
    }
    DownloadedModel model = context.zoo().download(id, options);
    if (common.isJson()) {
      context.line(
          JsonOutput.object()
              .put("repository", model.repository())
              .put("revision", model.revision())
              .put("commit", model.commit())
              .put("path", model.folder().toString())
              .put("files", model.files())
              .put("bytes", model.bytes()));
    } else {
      context.line(model.folder().toString());
    }
  }
}
