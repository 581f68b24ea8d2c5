package dev.vlm4j.zoo;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.spi.Architecture;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.NamedServices;
import dev.vlm4j.spi.OpSet;
import java.util.List;

/** Assembles the zoo from the plug-ins on the class path. */
final class ZooModule extends AbstractModule {
  @Provides
  @Singleton
  NamedServices<BackendProvider> backends() {
    NamedServices<BackendProvider> backends =
        NamedServices.load(BackendProvider.class, provider -> List.of(provider.name()));
    backends.all().forEach(ZooModule::checkOpSet);
    return backends;
  }

  private static void checkOpSet(BackendProvider provider) {
    if (provider.opSetVersion() != OpSet.VERSION) {
      throw new VlmException(
          ErrorCode.PLUGIN_INVALID,
          "the backend '"
              + provider.name()
              + "' was built for operator set "
              + provider.opSetVersion()
              + ", this is "
              + OpSet.VERSION
              + ": use the same version of all vlm4j artifacts");
    }
  }

  @Provides
  @Singleton
  NamedServices<Architecture> architectures() {
    return NamedServices.load(Architecture.class, Architecture::modelTypes);
  }
}
