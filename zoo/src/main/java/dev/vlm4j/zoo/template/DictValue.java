package dev.vlm4j.zoo.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Python's {@code dict}: keeps insertion order; filled once, then only read. */
final class DictValue implements Value {
  record Entry(Value key, Value value) {}

  private final Map<Object, Entry> entries = new LinkedHashMap<>();

  /** Replaces the value of an equal key, which keeps its place and its first spelling. */
  void put(Value key, Value value) {
    Object hash = Keys.of(key);
    Entry old = entries.get(hash);
    entries.put(hash, new Entry(old == null ? key : old.key(), value));
  }

  void put(String key, Value value) {
    put(Str.of(key), value);
  }

  @Nullable Value get(Value key) {
    Entry entry = entries.get(Keys.of(key));
    return entry == null ? null : entry.value();
  }

  @Nullable Value get(String key) {
    Entry entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  int size() {
    return entries.size();
  }

  List<Entry> entries() {
    return new ArrayList<>(entries.values());
  }

  List<Value> keys() {
    return entries.values().stream().map(Entry::key).toList();
  }

  List<Value> values() {
    return entries.values().stream().map(Entry::value).toList();
  }

  List<Value> items() {
    return entries.values().stream()
        .<Value>map(entry -> ListValue.tuple(entry.key(), entry.value()))
        .toList();
  }

  DictValue copy() {
    DictValue copy = new DictValue();
    copy.entries.putAll(entries);
    return copy;
  }
}
