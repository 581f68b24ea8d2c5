package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.zoo.hub.HubCache;
import dev.vlm4j.zoo.hub.UnusedData;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Deletes what nothing in the cache refers to. */
@Command(
    name = "prune",
    description =
        "Removes revisions that no branch or tag names, and unfinished downloads, after asking.",
    footer = {
      "",
      "A model that was only ever loaded by its commit is such a revision. Do not prune while a",
      "model is being downloaded. What newer Python clients share between models stays."
    })
final class CachePruneCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CacheOptions options = new CacheOptions();

  @Mixin private RemovalOptions removal = new RemovalOptions();

  CachePruneCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    HubCache cache = options.cache();
    List<UnusedData> all = cache.list().stream().map(cache::unused).toList();
    List<UnusedData> unused = all.stream().filter(data -> !data.paths().isEmpty()).toList();
    List<UnusedData> unclear = all.stream().filter(data -> !data.problems().isEmpty()).toList();
    String size = ByteCount.text(unused.stream().mapToLong(UnusedData::bytes).sum());
    boolean go =
        !unused.isEmpty()
            && removal.isAgreed(
                context,
                options.isJson(),
                unused.stream().map(CachePruneCommand::text).toList(),
                "Remove this from " + unused.size() + " models, " + size + "?");
    if (go) {
      unused.forEach(cache::remove);
    }
    if (options.isJson()) {
      context.line(json(go, unused, unclear));
    } else {
      print(go, unused, unclear);
    }
  }

  private void print(boolean removed, List<UnusedData> unused, List<UnusedData> unclear) {
    for (UnusedData data : unclear) {
      context.note(
          data.id()
              + ": no revision is removed, because "
              + String.join(", ", data.problems())
              + "; load the model again to repair it, or remove it with 'cache rm'");
    }
    unused.forEach(data -> context.line(removal.outcome(removed) + text(data)));
    if (unused.isEmpty()) {
      context.line("nothing to remove: every revision has a name, and no download is unfinished");
    }
  }

  private static String text(UnusedData data) {
    List<String> parts = new ArrayList<>();
    data.commits().forEach(commit -> parts.add("revision " + commit));
    if (data.incomplete() > 0) {
      parts.add(data.incomplete() + " unfinished downloads");
    }
    return data.id()
        + (data.isWhole() ? ", all of it (" : " (")
        + String.join(", ", parts)
        + "), "
        + ByteCount.text(data.bytes());
  }

  private static ObjectNode json(
      boolean removed, List<UnusedData> unused, List<UnusedData> unclear) {
    ObjectNode json = JsonOutput.object();
    json.put("removed", removed);
    json.put("bytes", unused.stream().mapToLong(UnusedData::bytes).sum());
    json.set(
        "repositories",
        JsonOutput.objects(unused.stream().map(CachePruneCommand::jsonOfUnused).toList()));
    json.set(
        "unclear",
        JsonOutput.objects(unclear.stream().map(CachePruneCommand::jsonOfUnclear).toList()));
    return json;
  }

  private static ObjectNode jsonOfUnused(UnusedData data) {
    ObjectNode json = JsonOutput.object();
    json.put("id", data.id().text());
    json.put("bytes", data.bytes());
    json.put("whole", data.isWhole());
    json.put("incomplete", data.incomplete());
    json.set("commits", JsonOutput.texts(data.commits()));
    return json;
  }

  private static ObjectNode jsonOfUnclear(UnusedData data) {
    ObjectNode json = JsonOutput.object();
    json.put("id", data.id().text());
    json.set("problems", JsonOutput.texts(data.problems()));
    return json;
  }
}
