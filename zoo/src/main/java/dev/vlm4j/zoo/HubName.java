package dev.vlm4j.zoo;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.catalog.Catalog;
import dev.vlm4j.zoo.hub.HubKind;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.Revision;
import org.jspecify.annotations.Nullable;

/**
 * A model on a Hub as users write it: {@code org/name}, {@code modelscope:org/name}, an alias, each
 * possibly with {@code @revision}.
 *
 * @param prefix names the Hub; empty for the usual one
 * @param id identifier or alias
 * @param revision what stands behind the {@code @}; null without
 */
record HubName(String prefix, String id, @Nullable String revision) {
  static HubName parse(String model) {
    String prefix = HubKind.ofPrefix(model).map(HubKind::prefix).orElse("");
    String rest = model.substring(prefix.length());
    int at = rest.indexOf('@');
    return at < 0
        ? new HubName(prefix, rest, null)
        : new HubName(prefix, rest.substring(0, at), rest.substring(at + 1));
  }

  /** Returns whether it can be a name on a Hub at all. */
  boolean isValid() {
    return RepositoryId.isValid(id);
  }

  /** Returns the name with the identifier that an alias stands for. */
  HubName resolved() {
    return prefix.isEmpty()
        ? new HubName(prefix, Catalog.ofVersion().identifier(id), revision)
        : this;
  }

  /**
   * Returns options for this model.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if they name another revision
   */
  HubOptions options(HubOptions given) {
    HubOptions options = HubKind.ofPrefix(prefix).map(given::withKind).orElse(given);
    if (revision == null) {
      return options;
    }
    Revision own = new Revision(revision);
    if (given.revision() != null && !own.equals(given.revision())) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "two revisions are asked for, "
              + own
              + " and "
              + given.revision()
              + ": give one, behind the '@' or as an option");
    }
    return options.withRevision(own);
  }

  @Override
  public String toString() {
    return prefix + id + (revision == null ? "" : "@" + revision);
  }
}
