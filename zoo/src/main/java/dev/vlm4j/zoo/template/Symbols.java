package dev.vlm4j.zoo.template;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names one scope knows and where each gets its first value from, as Jinja decides it. */
final class Symbols {
  /** First value of a name on entry to its scope. */
  enum Load {
    /** Set by the scope's owner: parameters, loop targets. */
    PARAMETER,
    /** The render context's or a global. */
    CONTEXT,
    /** The enclosing scope's value. */
    OUTER,
    /** Nothing, even when the context knows the name. */
    UNDEFINED
  }

  private final @Nullable Symbols parent;
  private final Map<String, Load> loads = new HashMap<>();
  private final Set<String> stores = new HashSet<>();

  Symbols(@Nullable Symbols parent) {
    this.parent = parent;
  }

  Map<String, Load> loads() {
    return loads;
  }

  boolean knows(String name) {
    return loads.containsKey(name) || knownOutside(name);
  }

  private boolean knownOutside(String name) {
    return parent != null && parent.knows(name);
  }

  void parameter(String name) {
    stores.add(name);
    loads.put(name, Load.PARAMETER);
  }

  void load(String name) {
    if (!knows(name)) {
      loads.put(name, Load.CONTEXT);
    }
  }

  void store(String name) {
    stores.add(name);
    if (!loads.containsKey(name)) {
      loads.put(name, knownOutside(name) ? Load.OUTER : Load.UNDEFINED);
    }
  }

  Symbols branch() {
    Symbols copy = new Symbols(parent);
    copy.loads.putAll(loads);
    copy.stores.addAll(stores);
    return copy;
  }

  /** A name that only some branches set keeps its outer or context value in the others. */
  void merge(List<Symbols> branches) {
    Set<String> conditional = new HashSet<>();
    branches.stream().map(branch -> branch.stores).forEach(conditional::addAll);
    conditional.removeAll(stores);
    for (Symbols branch : branches) {
      loads.putAll(branch.loads);
      stores.addAll(branch.stores);
    }
    settle(conditional);
  }

  private void settle(Collection<String> conditional) {
    for (String name : conditional) {
      loads.put(name, knownOutside(name) ? Load.OUTER : Load.CONTEXT);
    }
  }
}
