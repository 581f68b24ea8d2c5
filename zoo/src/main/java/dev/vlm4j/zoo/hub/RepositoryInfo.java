package dev.vlm4j.zoo.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What a Hub says about a revision of a repository.
 *
 * @param commit the commit
 * @param gated whether terms must be accepted
 * @param license short name of the licence; empty if the Hub knows none
 */
public record RepositoryInfo(String commit, boolean gated, Optional<String> license) {
  private static final String LICENSE = "license:";

  static RepositoryInfo of(String commit, JsonNode root) {
    JsonNode gated = root.path("gated");
    Optional<String> license = Optional.empty();
    for (JsonNode tag : root.path("tags")) {
      if (tag.asText("").startsWith(LICENSE)) {
        license = Optional.of(Printable.of(tag.asText().substring(LICENSE.length())));
      }
    }
    return new RepositoryInfo(commit, gated.isTextual() || gated.asBoolean(false), license);
  }
}
