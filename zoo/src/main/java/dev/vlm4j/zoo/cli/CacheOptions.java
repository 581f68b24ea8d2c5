package dev.vlm4j.zoo.cli;

import dev.vlm4j.zoo.catalog.Catalog;
import dev.vlm4j.zoo.hub.HubCache;
import dev.vlm4j.zoo.hub.HubEnvironment;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.RepositoryId;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the commands for the cache. */
final class CacheOptions {
  /** The official client lists identifiers with their kind before them. */
  private static final String MODEL = "model/";

  @Option(
      names = "--cache-dir",
      paramLabel = "DIR",
      description = "Hub cache folder (default: that of HF_HUB_CACHE, HF_HOME or the user)")
  private @Nullable Path folder;

  @Option(names = "--modelscope", description = "the cache for models of ModelScope")
  private boolean modelScope;

  @Option(
      names = "--format",
      paramLabel = "text|json",
      converter = OutputFormat.Converter.class,
      description = "text (default), or one JSON object on one line")
  private OutputFormat format = OutputFormat.TEXT;

  @Option(names = Failures.VERBOSE, description = "print the stack of a failure")
  private boolean verbose;

  Path folder() {
    HubKind kind = modelScope ? HubKind.MODELSCOPE : HubKind.HUGGING_FACE;
    return folder == null ? HubEnvironment.ofProcess().cache(kind) : folder;
  }

  HubCache cache() {
    return new HubCache(folder());
  }

  /**
   * Returns the repository that an identifier, also one of the official client, or an alias names.
   */
  static RepositoryId repository(String given) {
    boolean isThreePart = given.startsWith(MODEL) && given.indexOf('/', MODEL.length()) > 0;
    String text = isThreePart ? given.substring(MODEL.length()) : given;
    String prefix = HubKind.ofPrefix(text).map(HubKind::prefix).orElse("");
    return new RepositoryId(Catalog.ofVersion().identifier(text.substring(prefix.length())));
  }

  boolean isJson() {
    return format == OutputFormat.JSON;
  }

  /** Returns whether more is to be said. */
  boolean isVerbose() {
    return verbose;
  }
}
