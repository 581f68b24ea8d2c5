package dev.vlm4j.zoo.template;

import java.util.List;

/** What {@code keys()}, {@code values()} and {@code items()} return. */
record DictView(DictValue dict, Kind kind) implements Value {
  enum Kind {
    KEYS("dict_keys"),
    VALUES("dict_values"),
    ITEMS("dict_items");

    private final String typeName;

    Kind(String typeName) {
      this.typeName = typeName;
    }

    String typeName() {
      return typeName;
    }
  }

  List<Value> elements() {
    return switch (kind) {
      case KEYS -> dict.keys();
      case VALUES -> dict.values();
      case ITEMS -> dict.items();
    };
  }
}
