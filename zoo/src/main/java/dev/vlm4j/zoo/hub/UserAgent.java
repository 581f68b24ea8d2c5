package dev.vlm4j.zoo.hub;

import java.util.Objects;

/** What this program calls itself when it asks a server. */
final class UserAgent {
  private UserAgent() {}

  /** Returns the name with an origin that a deployer may add; nothing else is told. */
  static String of(String origin) {
    String version =
        Objects.requireNonNullElse(
            UserAgent.class.getPackage().getImplementationVersion(), "unreleased");
    String name = "vlm4j/" + version + "; java/" + Runtime.version().feature();
    String clean = origin.replaceAll("[^\\x21-\\x7e]", "");
    return clean.isEmpty() ? name : name + "; origin/" + clean;
  }
}
