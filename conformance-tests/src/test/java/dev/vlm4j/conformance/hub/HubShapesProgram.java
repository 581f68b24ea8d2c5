package dev.vlm4j.conformance.hub;

import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.Hub;
import dev.vlm4j.zoo.hub.HubSettings;
import dev.vlm4j.zoo.hub.HubSnapshot;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.Revision;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Serves all repository shapes and does what {@code hub_cache_interchange.py} says on standard
 * input: {@code fetch CACHE} fills a cache, {@code read CACHE} reads one offline, {@code quit}.
 */
final class HubShapesProgram {
  private final HubDouble hub;
  private final List<RepositoryShape> shapes = RepositoryShape.all();

  private HubShapesProgram(HubDouble hub) {
    this.hub = hub;
  }

  public static void main(String[] arguments) throws IOException {
    try (HubDouble hub = new HubDouble()) {
      hub.pageSize(50);
      new HubShapesProgram(hub).run();
    }
  }

  private void run() throws IOException {
    System.out.println(hub.endpoint());
    System.out.println(shapes.size());
    String[] revisions = shapes.stream().map(shape -> shape.serve(hub)).toArray(String[]::new);
    for (int i = 0; i < shapes.size(); i++) {
      System.out.println(shapes.get(i).id() + "\t" + revisions[i] + "\t" + shapes.get(i).absent());
    }
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null && !line.equals("quit"); line = in.readLine()) {
      String[] words = line.split(" ", 2);
      for (int i = 0; i < shapes.size(); i++) {
        visit(shapes.get(i), revisions[i], Path.of(words[1]), words[0].equals("read"));
      }
      System.out.println("done");
    }
  }

  private void visit(RepositoryShape shape, String revision, Path cache, boolean offline)
      throws IOException {
    HubSettings settings = HubSettings.of(hub.endpoint(), cache).withOffline(offline);
    HubSnapshot snapshot =
        new Hub(settings)
            .open(new RepositoryId(shape.id()), new Revision(revision), DownloadListener.NONE);
    snapshot.fetch(snapshot.names());
    snapshot.remember();
    for (HubFile file : shape.files()) {
      byte[] bytes = Files.readAllBytes(snapshot.folder().resolve(file.path()));
      HubFile read =
          file.large()
              ? HubFile.large(file.path(), Content.of(bytes))
              : HubFile.small(file.path(), bytes);
      if (!read.etag().equals(file.etag())) {
        throw new IllegalStateException(shape.id() + "/" + file.path() + " is wrong");
      }
    }
    if (!shape.absent().isEmpty() && !offline) {
      try {
        snapshot.fetch(List.of(shape.absent()));
        throw new IllegalStateException(shape.absent() + " should not be there");
      } catch (VlmException expected) {
        System.err.println(expected.getMessage());
      }
    }
  }
}
