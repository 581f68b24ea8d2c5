package dev.vlm4j.zoo.doctor;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.CachedRepository;
import dev.vlm4j.zoo.hub.DiskSpace;
import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.Hub;
import dev.vlm4j.zoo.hub.HubCache;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.HubSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks at the cache, its disk, the Hub and the token. */
final class HubExam {
  /** About the smallest checkpoints that people load. */
  private static final long LITTLE_DISK = 5_000_000_000L;

  private static final int NAMED = 3;

  private final HubSettings settings;

  HubExam(HubSettings settings) {
    this.settings = settings;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(List.of(disk(), cache("cache", settings.cache())));
    if (settings.kind() == HubKind.HUGGING_FACE) {
      findings.add(
          cache("cache " + HubKind.MODELSCOPE.label(), settings.cache(HubKind.MODELSCOPE)));
    }
    findings.addAll(List.of(endpoint(), token()));
    return findings;
  }

  private Finding disk() {
    String name = "disk";
    Path folder = settings.cache().toAbsolutePath().normalize();
    long free = DiskSpace.free(folder);
    String found = folder + ", " + MachineExam.gigabytes(free) + " free";
    if (!MachineExam.isWritable(existing(folder))) {
      return Finding.warning(
          name,
          found + ", not writable",
          "models in the cache load, others cannot be downloaded: make the folder writable, or"
              + " name another one with HF_HUB_CACHE or --cache-dir");
    }
    return free < LITTLE_DISK
        ? Finding.warning(
            name,
            found,
            "make room ('vlm4j cache list' shows what models take, 'cache rm' removes one), or"
                + " name a folder on another volume with HF_HUB_CACHE or --cache-dir")
        : Finding.ok(name, found);
  }

  private static Path existing(Path folder) {
    Path found = folder;
    while (!Files.isDirectory(found) && found.getParent() != null) {
      found = found.getParent();
    }
    return found;
  }

  private static Finding cache(String name, Path folder) {
    try {
      HubCache cache = new HubCache(folder);
      List<CachedRepository> repositories = cache.list();
      List<String> problems = new ArrayList<>();
      for (CachedRepository repository : repositories) {
        cache
            .inspect(repository)
            .problems()
            .forEach(problem -> problems.add(repository.id() + ": " + problem));
      }
      long bytes = repositories.stream().mapToLong(CachedRepository::bytes).sum();
      String found = repositories.size() + " models, " + MachineExam.gigabytes(bytes);
      return problems.isEmpty()
          ? Finding.ok(
              name, found + "; links and sizes are right, 'vlm4j cache verify' also hashes")
          : Finding.problem(
              name,
              found + "; " + shortened(problems),
              "load the model again to repair it, or remove it with 'vlm4j cache rm'");
    } catch (VlmException e) {
      return Finding.problem(name, "cannot be read", String.valueOf(e.getMessage()));
    }
  }

  private static String shortened(List<String> problems) {
    String first = String.join("; ", problems.subList(0, Math.min(NAMED, problems.size())));
    return problems.size() > NAMED ? first + "; " + (problems.size() - NAMED) + " more" : first;
  }

  private Finding endpoint() {
    String name = "endpoint";
    String found = settings.endpoint().toString();
    if (settings.offline()) {
      return Finding.ok(name, found + ", not asked: offline");
    }
    try {
      long ms = new Hub(settings).ping(DownloadListener.NONE).toMillis();
      return Finding.ok(name, found + " answers in " + ms + " ms");
    } catch (VlmException e) {
      boolean token = e.code() == ErrorCode.HUB_TOKEN_INVALID;
      return Finding.problem(
          name,
          found + (token ? " answers, but refuses the token" : " gives no usable answer"),
          String.valueOf(e.getMessage()));
    }
  }

  private Finding token() {
    String name = "token";
    return settings.findToken().isPresent()
        ? Finding.ok(name, "present")
        : Finding.ok(name, "none; gated and private models need one: set HF_TOKEN");
  }
}
