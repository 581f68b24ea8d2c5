package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.HubEnvironment;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.Token;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** P7: the token goes to the endpoint and nowhere else. */
class HubTokenTest {
  @TempDir Path temporary;

  /** What a Hub, or who pretends to be one, may do to get the token. */
  private static Map<String, Consumer<HubDouble>> attacks(HubDouble other) {
    String elsewhere = other.endpoint().toString();
    return Map.ofEntries(
        Map.entry("nothing", hub -> {}),
        Map.entry("redirects the listing", hub -> redirect(hub, "/tree/", elsewhere + "/tree")),
        Map.entry("redirects the revision", hub -> redirect(hub, "/revision/", elsewhere + "/x")),
        Map.entry("redirects a file", hub -> redirect(hub, "/resolve/", elsewhere + "/y")),
        Map.entry("redirects twice", hub -> redirect(hub, "/resolve/", hub.endpoint() + "/z")),
        Map.entry("names a user", hub -> redirect(hub, "/resolve/", at(other, "u:p@127.0.0.1"))),
        Map.entry("names another host", hub -> redirect(hub, "/resolve/", at(other, "localhost"))),
        Map.entry("keeps the host", hub -> redirect(hub, "/resolve/", "//127.0.0.1:1/")),
        Map.entry("names a file", hub -> redirect(hub, "/resolve/", "file:///etc/passwd")),
        Map.entry("names ftp", hub -> redirect(hub, "/resolve/", "ftp://127.0.0.1/x")),
        Map.entry("redirects in circles", hub -> redirect(hub, "/", hub.endpoint() + "/")),
        Map.entry("redirects to nonsense", hub -> redirect(hub, "/resolve/", "http://[")),
        Map.entry("continues elsewhere", hub -> link(hub, elsewhere + "/page")),
        Map.entry("continues at a file", hub -> link(hub, "file:///etc/passwd")),
        Map.entry("continues at nonsense", hub -> link(hub, "http://[")),
        Map.entry("answers 401", hub -> answer(hub, Reply.error(401, "", "who are you?"))),
        Map.entry("answers 403", hub -> answer(hub, Reply.error(403, "GatedRepo", "no"))),
        Map.entry("answers 500", hub -> answer(hub, Reply.empty(500, Map.of()))),
        Map.entry("repeats it in a header", hub -> answer(hub, Reply.error(400, "", hub.token()))),
        Map.entry(
            "repeats it in a body",
            hub -> answer(hub, Reply.json(400, "{\"error\": \"" + hub.token() + "\"}"))),
        Map.entry("repeats it in a page", hub -> answer(hub, Reply.html(200, hub.token()))),
        Map.entry("repeats it in an address", hub -> redirect(hub, "/", "ftp://x/" + hub.token())),
        Map.entry("repeats it as the id", hub -> answer(hub, page("X-Request-Id", hub.token()))),
        Map.entry("repeats it as a trace", hub -> answer(hub, page("X-Amz-Cf-Id", hub.token()))),
        Map.entry("resets", hub -> hub.faults().always(r -> true, Fault.resetAfter(1))),
        Map.entry(
            "stalls", hub -> hub.faults().always(r -> true, Fault.stall(Duration.ofSeconds(5)))));
  }

  private static Reply page(String name, String value) {
    return Reply.html(200, "page").with(name, value);
  }

  private static String at(HubDouble other, String host) {
    return "http://" + host + ":" + other.endpoint().getPort() + "/x";
  }

  private static void redirect(HubDouble hub, String part, String location) {
    hub.faults().always(FaultScript.target(part), Fault.answer(Reply.redirect(location)));
  }

  private static void link(HubDouble hub, String next) {
    hub.faults()
        .always(
            FaultScript.target("/tree/"),
            Fault.change((q, reply) -> reply.with("Link", "<" + next + ">; rel=\"next\"")));
  }

  private static void answer(HubDouble hub, Reply reply) {
    hub.faults().always(request -> true, Fault.answer(reply));
  }

  @Test
  void noAttackGetsTheToken() {
    try (HubDouble other = new HubDouble()) {
      attacks(other).forEach((name, attack) -> checkAttack(name, attack, other));
    }
  }

  private void checkAttack(String name, Consumer<HubDouble> attack, HubDouble other) {
    try (HubFixture fixture = new HubFixture(temporary.resolve(name.replace(' ', '-')))) {
      fixture.repository().commit("main", HubFixture.files(1));
      attack.accept(fixture.hub);
      fixture.settings =
          fixture
              .settings
              .withToken(new Token(fixture.hub.token()))
              .withTimeouts(Duration.ofMillis(200), Duration.ofMillis(200));
      Heard heard = new Heard();
      String failure = "";
      try {
        fixture.fetch("main", heard);
      } catch (VlmException e) {
        StringWriter text = new StringWriter();
        e.printStackTrace(new PrintWriter(text));
        failure = text.toString();
      }
      assertThat(failure).as(name).doesNotContain(fixture.hub.token());
      assertThat(String.join("\n", heard.texts)).as(name).doesNotContain(fixture.hub.token());
      assertThat(fixture.settings.toString()).doesNotContain(fixture.hub.token());
      assertThat(other.requests()).as(name).noneMatch(r -> r.header("authorization").isPresent());
      assertThat(fixture.hub.requests())
          .as(name)
          .filteredOn(RecordedRequest::storage)
          .noneMatch(r -> r.header("authorization").isPresent());
    }
  }

  private static final class Heard implements DownloadListener {
    final List<String> texts = new ArrayList<>();

    @Override
    public void onWait(String reason, Duration time) {
      texts.add(reason);
    }

    @Override
    public void onNotice(String text) {
      texts.add(text);
    }
  }

  @Test
  void opensAPrivateRepositoryAndKeepsTheTokenFromTheStorage() {
    try (HubFixture fixture = new HubFixture(temporary)) {
      fixture.repository().access(HubRepository.Access.PRIVATE);
      fixture.repository().commit("main", HubFixture.files(1));
      fixture.settings = fixture.settings.withToken(new Token(fixture.hub.token()));
      fixture.fetch("main");
      assertThat(fixture.hub.requests())
          .allMatch(r -> r.header("authorization").isPresent() != r.storage());
    }
  }

  @Test
  void nothingThatPrintsShowsIt() {
    String secret = "hf_secretSECRETsecret";
    HubEnvironment environment = new HubEnvironment(Map.of("HF_TOKEN", secret), temporary);
    HubOptions options = HubOptions.DEFAULT.withToken(new Token(secret));
    assertThat(environment.settings().toString()).doesNotContain(secret);
    assertThat(options.toString()).doesNotContain(secret);
    assertThat(LoadOptions.DEFAULT.withToken(secret).toString()).doesNotContain(secret);
    assertThat(new Token(secret)).hasToString("***");
  }
}
