package dev.vlm4j.conformance.hub;

import java.util.ArrayList;
import java.util.List;

/**
 * A repository of a kind that is found on Hubs, made by rule.
 *
 * @param id name of the repository
 * @param revision what is asked for
 * @param files its files
 * @param absent a file that is asked for and does not exist; empty for none
 */
record RepositoryShape(String id, String revision, List<HubFile> files, String absent) {
  static List<RepositoryShape> all() {
    List<RepositoryShape> shapes = new ArrayList<>();
    shapes.add(shape("org/single", config(), weights("model.safetensors", 1)));
    shapes.add(
        shape(
            "org/sharded",
            config(),
            HubFile.text("model.safetensors.index.json", "{\"weight_map\": {}}"),
            weights("model-00001-of-00002.safetensors", 2),
            weights("model-00002-of-00002.safetensors", 3)));
    shapes.add(
        shape("org/nested", config(), HubFile.text("additional_chat_templates/a.jinja", "a")));
    shapes.add(
        shape(
            "org/deep", HubFile.text("a/b/c/d/e/f/g.json", "{}"), weights("a/b/w.safetensors", 4)));
    shapes.add(
        shape("org/unicode", HubFile.text("caf\u00e9/\u6a21\u578b \ud83d\ude00.json", "{}")));
    shapes.add(
        shape(
            "org/blanks",
            HubFile.text("a name with blanks.json", "{}"),
            HubFile.text("a+b&c=d#e%20.json", "1")));
    shapes.add(shape("org/empty-file", config(), HubFile.text("empty.txt", "")));
    shapes.add(
        shape("org/twins", HubFile.text("one.json", "{}"), HubFile.text("folder/two.json", "{}")));
    shapes.add(shape("org/many", many(120)));
    shapes.add(
        shape(
            "org/large-tokenizer",
            config(),
            HubFile.large("tokenizer.json", Content.of(HubFixture.bytes(50_000, 5)))));
    shapes.add(revision("org/pull-request", "refs/pr/1"));
    shapes.add(revision("org/tag", "v1.0"));
    shapes.add(revision("org/branch", "feature/fp16"));
    shapes.add(revision("org/commit", ""));
    shapes.add(revision("org/two-revisions", "main"));
    shapes.add(shape("gpt-without-owner", config(), weights("model.safetensors", 6)));
    shapes.add(shape("Org_1.x/Name-2.5_b.c", config()));
    shapes.add(
        shape(
            "org/three-megabytes",
            HubFile.large("model.safetensors", Content.of(HubFixture.bytes(3_000_000, 7)))));
    shapes.add(
        shape(
            "org/dot-files",
            HubFile.text(".gitattributes", "* text"),
            HubFile.text(".hidden/file.json", "{}")));
    shapes.add(new RepositoryShape("org/absent", "main", List.of(config()), "chat_template.json"));
    return shapes;
  }

  private static RepositoryShape shape(String id, HubFile... files) {
    return new RepositoryShape(id, "main", List.of(files), "");
  }

  private static RepositoryShape revision(String id, String revision) {
    return new RepositoryShape(id, revision, HubFixture.files(id.length()), "");
  }

  private static HubFile config() {
    return HubFile.text("config.json", "{\"model_type\": \"llava\"}");
  }

  private static HubFile weights(String name, long seed) {
    return HubFile.large(name, Content.of(HubFixture.bytes(10_000, seed)));
  }

  private static HubFile[] many(int count) {
    HubFile[] files = new HubFile[count];
    for (int i = 0; i < count; i++) {
      files[i] = HubFile.text("files/" + i + ".json", "{\"i\": " + i + "}");
    }
    return files;
  }

  /** Puts the repository into a double; returns the revision to ask for. */
  String serve(HubDouble hub) {
    HubRepository repository = hub.repository(id);
    if (id.endsWith("two-revisions")) {
      repository.commit("main", List.of(HubFile.text("config.json", "{}"), files.get(1)));
    }
    String commit = repository.commit(revision.isEmpty() ? "main" : revision, files);
    return revision.isEmpty() ? commit : revision;
  }
}
