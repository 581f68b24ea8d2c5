package dev.vlm4j.zoo;

import com.google.inject.Inject;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.NamedServices;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds and loads backends. */
final class Engines {
  private final NamedServices<BackendProvider> providers;

  @Inject
  Engines(NamedServices<BackendProvider> providers) {
    this.providers = providers;
  }

  Backend create(String name, BackendOptions options) {
    return provider(name).create(options);
  }

  private BackendProvider provider(String name) {
    return providers.get(
        name,
        ErrorCode.BACKEND_UNKNOWN,
        "backend",
        "Add the artifact dev.vlm4j:vlm4j-backend-"
            + name
            + " to the class path if it is one of vlm4j's, or correct the name");
  }

  List<BackendStatus> statuses() {
    return providers.all().stream().map(Engines::status).toList();
  }

  private static BackendStatus status(BackendProvider provider) {
    try (Backend backend = provider.create(BackendOptions.DEFAULT)) {
      Set<Capability> capabilities =
          Arrays.stream(Capability.values()).filter(backend::supports).collect(Collectors.toSet());
      return new BackendStatus(
          provider.name(),
          provider.description(),
          true,
          backend.engineVersion(),
          backend.precisions(),
          capabilities,
          backend.engineBytes(),
          "");
    } catch (VlmException e) {
      return new BackendStatus(
          provider.name(),
          provider.description(),
          false,
          "",
          Set.of(),
          Set.of(),
          0,
          String.valueOf(e.getMessage()));
    }
  }
}
