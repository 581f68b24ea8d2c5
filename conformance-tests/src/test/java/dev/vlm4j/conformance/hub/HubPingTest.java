package dev.vlm4j.conformance.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vlm4j.zoo.LoadOptions;
import dev.vlm4j.zoo.Vlm4j;
import dev.vlm4j.zoo.doctor.Finding;
import dev.vlm4j.zoo.doctor.Health;
import dev.vlm4j.zoo.hub.HubOptions;
import dev.vlm4j.zoo.hub.Token;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code doctor} says of a Hub. */
class HubPingTest {
  @TempDir Path temporary;

  private static Finding endpoint(HubFixture fixture) {
    LoadOptions options =
        LoadOptions.DEFAULT.withHub(HubOptions.DEFAULT.withSettings(fixture.settings));
    return Vlm4j.doctor(options).stream()
        .filter(finding -> finding.name().equals("endpoint"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHubAnswersOneRequest() {
    try (HubFixture fixture = new HubFixture(temporary)) {
      fixture.settings = fixture.settings.withToken(new Token(fixture.hub.token()));
      Finding finding = endpoint(fixture);
      assertThat(finding.health()).as(finding.toString()).isEqualTo(Health.OK);
      assertThat(finding.found()).contains(fixture.hub.endpoint().toString(), "ms");
      assertThat(fixture.hub.requests()).hasSize(1);
    }
  }

  @Test
  void aWrongTokenIsNoticedAndNotShown() {
    String wrong = "hf_wrongWRONGwrongWRONG";
    try (HubFixture fixture = new HubFixture(temporary)) {
      fixture.settings = fixture.settings.withToken(new Token(wrong));
      Finding finding = endpoint(fixture);
      assertThat(finding.health()).isEqualTo(Health.PROBLEM);
      assertThat(finding.found()).contains("refuses the token");
      assertThat(finding.advice()).contains("HF_TOKEN");
      assertThat(finding.toString()).doesNotContain(wrong);
    }
  }

  @Test
  void aLoginPageIsNoHub() {
    try (HubFixture fixture = new HubFixture(temporary)) {
      fixture.hub.faults().always(r -> true, Fault.answer(Reply.html(200, "<html>log in</html>")));
      Finding finding = endpoint(fixture);
      assertThat(finding.health()).isEqualTo(Health.PROBLEM);
      assertThat(finding.advice()).contains("no Hub", "login");
    }
  }

  @Test
  void anotherServerIsNoHub() {
    try (HubFixture fixture = new HubFixture(temporary)) {
      fixture.hub.faults().always(r -> true, Fault.answer(Reply.json(404, "{}")));
      assertThat(endpoint(fixture).advice()).contains("status 404", "HF_ENDPOINT");
    }
  }
}
