package dev.vlm4j.zoo.cli;

import dev.vlm4j.zoo.hub.CachedRepository;
import dev.vlm4j.zoo.hub.HubCache;
import java.io.Console;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes models from the cache. */
@Command(name = "rm", description = "Removes models from the cache, after asking.")
final class CacheRemoveCommand implements Runnable {
  private final CommandContext context;

  @Spec private @Nullable CommandSpec spec;

  @Mixin private CacheOptions options = new CacheOptions();

  @Parameters(arity = "1..*", paramLabel = "HUB_ID", description = "models, such as org/name")
  private List<String> given = List.of();

  @Option(names = "--yes", description = "do not ask")
  private boolean yes;

  @Option(names = "--dry-run", description = "only say what would be removed")
  private boolean dryRun;

  CacheRemoveCommand(CommandContext context) {
    this.context = context;
  }

  @Override
  public void run() {
    HubCache cache = options.cache();
    List<CachedRepository> repositories =
        given.stream().map(CacheOptions::repository).map(cache::get).toList();
    long bytes = repositories.stream().mapToLong(CachedRepository::bytes).sum();
    boolean go = !dryRun && (yes || isAgreed(repositories, bytes));
    if (go) {
      repositories.forEach(cache::remove);
    }
    report(repositories, bytes, go);
  }

  private boolean isAgreed(List<CachedRepository> repositories, long bytes) {
    Console console = System.console();
    if (console == null || options.isJson()) {
      throw new ParameterException(
          java.util.Objects.requireNonNull(spec).commandLine(),
          "nobody can be asked here: give --yes to remove, or --dry-run to see what would be");
    }
    repositories.forEach(
        repository -> context.note(repository.id() + ", " + ByteCount.text(repository.bytes())));
    String answer =
        console.readLine(
            "Remove %d models, %s? [y/N] ", repositories.size(), ByteCount.text(bytes));
    return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
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
    String done = removed ? "removed " : dryRun ? "would remove " : "kept ";
    repositories.forEach(
        repository ->
            context.line(done + repository.id() + ", " + ByteCount.text(repository.bytes())));
  }
}
