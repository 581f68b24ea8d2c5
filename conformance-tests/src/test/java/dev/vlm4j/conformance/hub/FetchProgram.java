package dev.vlm4j.conformance.hub;

import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.Hub;
import dev.vlm4j.zoo.hub.HubEnvironment;
import dev.vlm4j.zoo.hub.HubSnapshot;
import dev.vlm4j.zoo.hub.RepositoryId;
import dev.vlm4j.zoo.hub.Revision;

/** Fetches all files of a repository: for child processes that are killed or run side by side. */
final class FetchProgram {
  private FetchProgram() {}

  public static void main(String[] arguments) {
    HubSnapshot snapshot =
        new Hub(HubEnvironment.ofProcess().settings())
            .open(new RepositoryId(arguments[0]), Revision.MAIN, DownloadListener.NONE);
    System.out.println("ready");
    snapshot.fetch(snapshot.names());
    snapshot.remember();
    System.out.println(snapshot.commit());
  }
}
