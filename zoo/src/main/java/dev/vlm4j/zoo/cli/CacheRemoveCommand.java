package dev.vlm4j.zoo.cli;

import dev.vlm4j.zoo.hub.CachedRepository;
import dev.vlm4j.zoo.hub.HubCache;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes models from the cache. */
@Command(name = "rm", description = "Removes models from the cache, after asking.")
final class CacheRemoveCommand implements Runnable {
  private final CommandContext context;

  @Mixin private CacheOptions options = new CacheOptions();

  @Parameters(arity = "1..*", paramLabel = "HUB_ID", description = "models, such as org/name")
  private List<String> given = List.of();

  @Mixin private RemovalOptions removal = new RemovalOptions();

  CacheRemoveCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    HubCache cache = options.cache();
    List<CachedRepository> repositories =
        given.stream().map(CacheOptions::repository).distinct().map(cache::get).toList();
    long bytes = repositories.stream().mapToLong(CachedRepository::bytes).sum();
    boolean go =
        removal.isAgreed(
            context,
            options.isJson(),
            repositories.stream().map(CacheRemoveCommand::text).toList(),
            "Remove " + repositories.size() + " models, " + ByteCount.text(bytes) + "?");
    if (go) {
      repositories.forEach(cache::remove);
    }
    report(repositories, bytes, go);
  }

  private static String text(CachedRepository repository) {
    return repository.id() + ", " + ByteCount.text(repository.bytes());
  }

  private void report(List<CachedRepository> repositories, long bytes, boolean removed) {
    if (options.isJson()) {
      context.line(
          JsonOutput.object()
              .put("removed", removed)
              .put("bytes", bytes)
              .set(
                  "repositories",
                  JsonOutput.texts(repositories.stream().map(r -> r.id().text()).toList())));
      return;
    }
    repositories.forEach(repository -> context.line(removal.outcome(removed) + text(repository)));
  }
}
