package dev.vlm4j.zoo.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The network of the tests: 127.0.0.1 stands for the public one, every other address of this
 * machine for a private one.
 */
class PictureFetchTest {
  private static final byte[] PICTURE = "a picture".getBytes(StandardCharsets.US_ASCII);
  private static final String OK = "HTTP/1.1 200 OK\nContent-Length: 9\nConnection: close";
  private static final PicturePolicy ANY = PicturePolicy.DEFAULT.withAnyHost();
  private static final Predicate<InetAddress> NOT_PUBLIC =
      address -> !address.getHostAddress().equals("127.0.0.1");

  private static InetAddress[] addresses(String... texts) {
    return List.of(texts).stream().map(PictureFetchTest::address).toArray(InetAddress[]::new);
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static PictureFetch fetch(PicturePolicy policy, HostResolver resolver) {
    return new PictureFetch(policy, resolver, NOT_PUBLIC);
  }

  private static byte[] get(PicturePolicy policy, String address) {
    return fetch(policy, host -> addresses("127.0.0.1")).fetch(URI.create(address));
  }

  private static void assertFails(ErrorCode code, String message, Runnable fetch) {
    assertThatThrownBy(fetch::run)
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(message)
        .message()
        .doesNotContain("127.0.0.2", "org.apache", "java.");
  }

  @Test
  void fetchesFromAHostThatIsAllowed() throws IOException {
    try (PictureServer server = PictureServer.of(OK, PICTURE)) {
      String address = "http://pictures.test:" + server.port() + "/a%20cat.png?size=2#top";

      assertThat(get(PicturePolicy.DEFAULT.withHost("Pictures.test"), address)).isEqualTo(PICTURE);

      assertThat(server.requests())
          .singleElement()
          .asString()
          .startsWith("GET /a%20cat.png?size=2 HTTP/1.1\r\n")
          .contains("Host: pictures.test:" + server.port())
          .doesNotContain("Cookie", "Authorization", "Referer");
    }
  }

  @Test
  void fetchesChunkedAndUnboundedBodies() throws IOException {
    byte[] chunked = "4\r\na pi\r\n5\r\ncture\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    try (PictureServer server =
            PictureServer.of("HTTP/1.1 200 OK\nTransfer-Encoding: chunked", chunked);
        PictureServer open = PictureServer.of("HTTP/1.0 200 OK", PICTURE)) {
      assertThat(get(ANY, "http://a.test:" + server.port())).isEqualTo(PICTURE);
      assertThat(get(ANY, "http://a.test:" + open.port())).isEqualTo(PICTURE);
    }
  }

  @Test
  void fetchesNothingUnlessAPolicyAllowsIt() throws IOException {
    try (PictureServer server = PictureServer.of(OK, PICTURE)) {
      String address = "http://pictures.test:" + server.port() + "/";
      assertFails(
          ErrorCode.IMAGE_SOURCE_REFUSED,
          "the picture policy allows no network",
          () -> get(PicturePolicy.DEFAULT, address));
      for (String other :
          List.of(
              "other.test", "*.pictures.test", "test", "pictures.test.evil", "xpictures.test")) {
        assertFails(
            ErrorCode.IMAGE_SOURCE_REFUSED,
            "does not allow its host",
            () -> get(PicturePolicy.DEFAULT.withHost(other), address));
      }
      assertThat(server.requests()).isEmpty();
      assertThat(get(PicturePolicy.DEFAULT.withHost("*.test"), address)).isEqualTo(PICTURE);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "jar:http://pictures.test/a.jar!/cat.png",
        "gopher://pictures.test/",
        "ftp://pictures.test/cat.png",
        "dict://pictures.test:11211/",
        "ldap://pictures.test/",
        "unix:///var/run/docker.sock",
        "http:///cat.png",
        "http:cat.png",
        "http://user@pictures.test/",
        "http://user:password@pictures.test/",
        "http://pictures.test@192.168.0.1/",
        "http://127.1/",
        "//pictures.test/cat.png",
        "cat.png"
      })
  void refusesAddressesOfAnotherForm(String address) {
    PictureFetch fetch =
        fetch(
            ANY,
            host -> {
              throw new AssertionError("nothing is looked up");
            });
    assertFails(
        ErrorCode.IMAGE_SOURCE_REFUSED, "is not fetched", () -> fetch.fetch(URI.create(address)));
  }

  @Test
  void refusesAHostIfAnyOfItsAddressesIsPrivate() throws IOException {
    try (PictureServer server = PictureServer.of(OK, PICTURE)) {
      PictureFetch fetch = fetch(ANY, host -> addresses("127.0.0.1", "127.0.0.2"));
      URI address = URI.create("http://mixed.test:" + server.port() + "/");
      assertFails(
          ErrorCode.IMAGE_SOURCE_REFUSED, "private, local or reserved", () -> fetch.fetch(address));
      assertThat(server.requests()).isEmpty();
    }
  }

  @Test
  void dialsTheAddressThatWasCheckedAndLooksUpNothingTwice() throws IOException {
    try (PictureServer good = PictureServer.of(OK, PICTURE);
        PictureServer canary = new PictureServer("127.0.0.2", new byte[0], 0)) {
      Deque<InetAddress[]> answers =
          new ArrayDeque<>(List.of(addresses("127.0.0.1"), addresses("127.0.0.2")));
      PictureFetch fetch = fetch(ANY, host -> answers.pop());
      assertThat(fetch.fetch(URI.create("http://changing.test:" + good.port() + "/")))
          .isEqualTo(PICTURE);
      assertThat(answers).hasSize(1);
      URI second = URI.create("http://changing.test:" + canary.port() + "/");
      assertFails(
          ErrorCode.IMAGE_SOURCE_REFUSED, "private, local or reserved", () -> fetch.fetch(second));
      assertThat(canary.requests()).isEmpty();
    }
  }

  @Test
  void followsRedirectsAndChecksEachOfThem() throws IOException {
    try (PictureServer good = PictureServer.of(OK, PICTURE);
        PictureServer canary = new PictureServer("127.0.0.2", new byte[0], 0)) {
      PicturePolicy policy = PicturePolicy.DEFAULT.withHost("first.test").withHost("second.test");
      HostResolver resolver =
          host -> addresses(host.equals("second.test") ? "127.0.0.1" : "127.0.0.2");
      HostResolver first =
          host -> host.equals("first.test") ? addresses("127.0.0.1") : resolver.resolve(host);
      assertThat(redirected("http://second.test:" + good.port() + "/", policy, first))
          .isEqualTo(PICTURE);
      for (String target :
          List.of(
              "http://third.test:" + canary.port() + "/",
              "http://127.0.0.2:" + canary.port() + "/",
              "//127.0.0.2:" + canary.port() + "/",
              "http://first.test@127.0.0.2:" + canary.port() + "/",
              "file:///etc/passwd",
              "gopher://first.test/",
              "http://[bad",
              "http://first.test\\@127.0.0.2/")) {
        assertFails(
            ErrorCode.IMAGE_SOURCE_REFUSED,
            "the picture http://first.test",
            () -> redirected(target, policy, first));
      }
      for (String target :
          List.of("http://private.test:", "http://127.0.0.2:", "http://2130706434:")) {
        assertFails(
            ErrorCode.IMAGE_SOURCE_REFUSED,
            "private, local or reserved",
            () -> redirected(target + canary.port() + "/", ANY, first));
      }
      assertThat(canary.requests()).isEmpty();
    }
  }

  private static byte[] redirected(String target, PicturePolicy policy, HostResolver resolver) {
    String head = "HTTP/1.1 302 Found\nLocation: " + target + "\nContent-Length: 0";
    try (PictureServer server = PictureServer.of(head, new byte[0])) {
      return fetch(policy, resolver).fetch(URI.create("http://first.test:" + server.port() + "/"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void endsLoopsOfRedirects() throws IOException {
    try (PictureServer server =
        PictureServer.of("HTTP/1.1 307 Again\nLocation: /\nContent-Length: 0", new byte[0])) {
      assertFails(
          ErrorCode.IMAGE_FETCH_FAILED,
          "redirected more than 5 times",
          () -> get(ANY, "http://a.test:" + server.port() + "/"));
      assertThat(server.requests()).hasSize(6);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\nContent-Length: 9000000000",
        "HTTP/1.1 200 OK\nContent-Length: 9",
        "HTTP/1.0 200 OK"
      })
  void stopsAtTheLimitOfBytes(String head) throws IOException {
    try (PictureServer server = PictureServer.of(head, PICTURE)) {
      String address = "http://a.test:" + server.port() + "/";
      assertFails(
          ErrorCode.IMAGE_FETCH_FAILED,
          "more than the allowed 8 bytes",
          () -> get(ANY.withMaxBytes(8), address));
    }
  }

  @Test
  void stopsAtTheLimitOfTime() throws IOException {
    PicturePolicy hurried = ANY.withTimeout(Duration.ofMillis(300));
    long start = System.nanoTime();
    for (String head : List.of(OK, "HTTP/1.1 200 OK")) {
      try (PictureServer dripping =
          new PictureServer("127.0.0.1", PictureServer.bytes(head, PICTURE), 20)) {
        String address = "http://a.test:" + dripping.port() + "/";
        assertFails(
            ErrorCode.IMAGE_FETCH_FAILED, "it took longer than", () -> get(hurried, address));
      }
    }
    PictureFetch slowNames =
        fetch(
            hurried,
            host -> {
              try {
                Thread.sleep(10_000);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              return addresses("127.0.0.1");
            });
    assertFails(
        ErrorCode.IMAGE_FETCH_FAILED,
        "it took longer than 300 ms",
        () -> slowNames.fetch(URI.create("http://slow.test/")));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 404 Not Found\nContent-Length: 9",
        "HTTP/1.1 204 No Content",
        "HTTP/1.1 500 Oops\nContent-Length: 9",
        "HTTP/1.1 206 Partial Content\nContent-Length: 9",
        "HTTP/1.1 302 Found\nContent-Length: 0",
        "HTTP/1.1 200 OK\nContent-Length: 9\nContent-Encoding: gzip",
        "HTTP/1.1 200 OK\nContent-Length: 20\nConnection: close",
        "nonsense"
      })
  void namesAnswersThatAreNoPicture(String head) throws IOException {
    try (PictureServer server = PictureServer.of(head, PICTURE)) {
      String address = "http://a.test:" + server.port() + "/?token=secret";
      assertThatThrownBy(() -> get(ANY.withTimeout(Duration.ofSeconds(2)), address))
          .isInstanceOfSatisfying(
              VlmException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IMAGE_FETCH_FAILED))
          .hasMessageContaining("the picture http://a.test:" + server.port() + "/ could not be")
          .message()
          .doesNotContain("secret", "org.apache");
    }
  }

  @Test
  void namesAHostThatDoesNotExist() {
    PictureFetch fetch =
        fetch(
            ANY,
            host -> {
              throw new UnknownHostException(host);
            });
    assertFails(
        ErrorCode.IMAGE_FETCH_FAILED,
        "http://none.test/",
        () -> fetch.fetch(URI.create("http://none.test/")));
  }
}
