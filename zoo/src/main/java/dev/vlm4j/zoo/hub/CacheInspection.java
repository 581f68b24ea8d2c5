package dev.vlm4j.zoo.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at a repository in the cache without reading what its files hold. */
record CacheInspection(CachedRepository repository) {
  /** Returns what is wrong with links, references and sizes, one line each. */
  List<String> problems() throws IOException {
    List<String> problems = new ArrayList<>(brokenLinks());
    for (String commit : repository.commits()) {
      problems.addAll(wrongSizes(commit));
    }
    return problems;
  }

  List<String> brokenLinks() throws IOException {
    List<String> problems = new ArrayList<>();
    Path snapshots = repository.folder().resolve(CacheLayout.SNAPSHOTS);
    for (String name : CachedNames.below(snapshots)) {
      if (!Files.exists(snapshots.resolve(name))) {
        problems.add("snapshots/" + name + " leads to nothing");
      }
    }
    for (Map.Entry<String, String> reference : repository.references().entrySet()) {
      if (!Files.isDirectory(snapshots.resolve(reference.getValue()))) {
        problems.add("refs/" + reference.getKey() + " names a commit that is not there");
      }
    }
    return problems;
  }

  private List<String> wrongSizes(String commit) throws IOException {
    List<String> problems = new ArrayList<>();
    Path snapshot = repository.folder().resolve(CacheLayout.SNAPSHOTS).resolve(commit);
    Path listing = repository.folder().resolve("trees").resolve(commit + ".json");
    for (RemoteFile file : TreeFile.read(listing).orElse(List.of())) {
      long size = FileSize.of(snapshot.resolve(file.path()));
      if (size != FileSize.NONE && size != file.size()) {
        problems.add(
            "snapshots/" + commit + "/" + file.path() + " has another size than the Hub lists");
      }
    }
    return problems;
  }
}
