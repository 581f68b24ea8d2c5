package dev.vlm4j.zoo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Says what of a repository other programs would run, and this one never does. */
final class RemoteCode {
  private RemoteCode() {}

  static List<String> notes(ObjectNode config, Collection<String> names) {
    List<String> notes = new ArrayList<>();
    if (config.has("auto_map")) {
      notes.add("auto_map in config.json names code of the repository: it is never run");
    }
    long scripts = names.stream().filter(name -> name.endsWith(".py")).count();
    if (scripts > 0) {
      notes.add(scripts + " Python files: they are neither fetched nor run");
    }
    long pickles =
        names.stream().filter(name -> name.matches(".*[.](bin|pt|pth|ckpt|pkl)")).count();
    if (pickles > 0) {
      notes.add(pickles + " weight files in formats that can run code: they are not fetched");
    }
    return notes;
  }
}
