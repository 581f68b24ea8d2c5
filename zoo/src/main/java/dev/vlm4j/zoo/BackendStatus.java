package dev.vlm4j.zoo;

import dev.vlm4j.spi.Capability;
import dev.vlm4j.spi.Precision;
import java.util.Set;

/**
 * An installed backend and whether it runs here.
 *
 * @param name what users type
 * @param description what it is
 * @param usable whether the engine loads on this machine
 * @param engineVersion version of the engine; empty if it does not load
 * @param precisions number formats it computes in; empty if it does not load
 * @param capabilities what it can do beyond the minimum; empty if it does not load
 * @param engineBytes about how many bytes the loaded engine takes for itself; 0 if it does not load
 * @param reason why it does not load; empty if it does
 */
public record BackendStatus(
    String name,
    String description,
    boolean usable,
    String engineVersion,
    Set<Precision> precisions,
    Set<Capability> capabilities,
    long engineBytes,
    String reason) {
  /** Keeps immutable copies. */
  public BackendStatus {
    precisions = Set.copyOf(precisions);
    capabilities = Set.copyOf(capabilities);
  }
}
