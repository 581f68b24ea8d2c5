package dev.vlm4j.zoo.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vlm4j.zoo.hub.CachedRepository;
import java.util.List;
import java.util.TreeSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists what the cache holds. */
@Command(
    name = "list",
    aliases = "ls",
    description = "Lists the models in the cache, with sizes and revisions.")
final class CacheListCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CacheOptions options = new CacheOptions();

  CacheListCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    List<CachedRepository> repositories = options.cache().list();
    long bytes = repositories.stream().mapToLong(CachedRepository::bytes).sum();
    if (options.isJson()) {
      ObjectNode json = JsonOutput.object();
      json.put("path", options.folder().toString());
      json.put("bytes", bytes);
      json.set(
          "repositories",
          JsonOutput.objects(repositories.stream().map(CacheListCommand::json).toList()));
      context.line(json);
    } else {
      print(repositories, bytes);
    }
  }

  private static ObjectNode json(CachedRepository repository) {
    ObjectNode json = JsonOutput.object();
    json.put("id", repository.id().text());
    json.put("bytes", repository.bytes());
    json.set("commits", JsonOutput.texts(repository.commits()));
    ObjectNode references = JsonOutput.object();
    new TreeSet<>(repository.references().keySet())
        .forEach(name -> references.put(name, repository.references().get(name)));
    json.set("references", references);
    return json;
  }

  private void print(List<CachedRepository> repositories, long bytes) {
    TextTable table = new TextTable("model", "size", "commits", "revisions");
    for (CachedRepository repository : repositories) {
      table.row(
          repository.id().text(),
          ByteCount.text(repository.bytes()),
          Integer.toString(repository.commits().size()),
          String.join(" ", new TreeSet<>(repository.references().keySet())));
    }
    table.lines().forEach(context::line);
    context.line(
        repositories.size() + " models, " + ByteCount.text(bytes) + " in " + options.folder());
  }
}
