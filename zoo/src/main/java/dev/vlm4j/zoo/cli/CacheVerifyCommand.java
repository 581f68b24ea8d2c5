package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.CacheCheck;
import dev.vlm4j.zoo.hub.CachedRepository;
import dev.vlm4j.zoo.hub.HubCache;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Hashes what the cache holds. */
@Command(
    name = "verify",
    description = "Hashes every file of the cache; fails if one is damaged.",
    footer = {"", "A damaged file is fetched again when its model is loaded next."})
final class CacheVerifyCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CacheOptions options = new CacheOptions();

  @Parameters(arity = "0..1", paramLabel = "HUB_ID", description = "one model (default: all)")
  private @Nullable String given;

  CacheVerifyCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    HubCache cache = options.cache();
    List<CachedRepository> repositories =
        given == null ? cache.list() : List.of(cache.get(CacheOptions.repository(given)));
    List<CacheCheck> checks = new ArrayList<>();
    DownloadProgress progress = new DownloadProgress(context.err(), context.interrupted());
    for (CachedRepository repository : repositories) {
      CacheCheck check = cache.verify(repository, progress);
      checks.add(check);
      if (!options.isJson()) {
        print(check);
      }
    }
    if (options.isJson()) {
      ObjectNode json = JsonOutput.object();
      json.set(
          "repositories",
          JsonOutput.objects(checks.stream().map(CacheVerifyCommand::json).toList()));
      context.line(json);
    }
    fail(checks);
  }

  private void print(CacheCheck check) {
    String outcome = check.problems().isEmpty() ? "sound" : check.problems().size() + " problems";
    context.line(check.id() + ": " + check.checked() + " files, " + outcome);
    check.problems().forEach(problem -> context.line("  " + problem));
  }

  private static ObjectNode json(CacheCheck check) {
    ObjectNode json = JsonOutput.object();
    json.put("id", check.id().text());
    json.put("files", check.checked());
    json.set("problems", JsonOutput.texts(check.problems()));
    return json;
  }

  private static void fail(List<CacheCheck> checks) {
    List<String> bad =
        checks.stream()
            .filter(check -> !check.problems().isEmpty())
            .map(check -> check.id().text())
            .toList();
    if (!bad.isEmpty()) {
      throw new VlmException(
          ErrorCode.DOWNLOAD_CORRUPT,
          "damaged in the cache: "
              + String.join(", ", bad)
              + "; load them again to repair them, or remove them with 'cache rm'");
    }
  }
}
