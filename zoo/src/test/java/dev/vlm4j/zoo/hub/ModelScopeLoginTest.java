package dev.vlm4j.zoo.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The recorded files were written by {@code modelscope_login.py} of {@code conformance-tests}: a
 * token for modelscope.cn that expires at 2,000,000,000, and a cookie of another host.
 */
class ModelScopeLoginTest {
  private static final Instant BEFORE = Instant.ofEpochSecond(1_999_999_999);
  private static final String HOST = "www.modelscope.cn";

  @TempDir Path home;

  private static byte[] recorded(int protocol) throws IOException {
    String name = "cookies-protocol" + protocol + ".pickle";
    try (InputStream in = ModelScopeLoginTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private void save(byte[] bytes) throws IOException {
    save("credentials", bytes);
  }

  private void save(String folder, byte[] bytes) throws IOException {
    Files.write(Files.createDirectories(home.resolve(folder)).resolve("cookies"), bytes);
  }

  private Optional<String> token(String host) {
    return ModelScopeLogin.ofHome(home).token(host, BEFORE);
  }

  private Optional<String> tokenAt(String path) {
    return ModelScopeLogin.ofCredentials(home.resolve(path)).token(HOST, BEFORE);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void readsTheTokenOfEveryProtocol(int protocol) throws IOException {
    save(recorded(protocol));
    assertThat(token(HOST)).contains("ms-made-up-token");
    assertThat(token("modelscope.cn")).contains("ms-made-up-token");
  }

  @Test
  void anotherHostDoesNotGetIt() throws IOException {
    save(recorded(4));
    for (String host : new String[] {"modelscope.ai", "evilmodelscope.cn", "tracker.example"}) {
      assertThat(token(host)).isEmpty();
    }
  }

  @Test
  void anExpiredLoginIsNone() throws IOException {
    save(recorded(4));
    assertThat(ModelScopeLogin.ofHome(home).token(HOST, BEFORE.plusSeconds(1))).isEmpty();
  }

  @Test
  void findsTheLoginWhereTheVariableOfTheCredentialsLeads() throws IOException {
    save("client/credentials", recorded(4));
    assertThat(tokenAt("client")).contains("ms-made-up-token");
    assertThat(tokenAt("client/credentials")).contains("ms-made-up-token");
    assertThat(tokenAt("client/none")).isEmpty();
    Files.writeString(home.resolve("client/file"), "");
    assertThat(tokenAt("client/file")).contains("ms-made-up-token");
    assertThat(token(HOST)).isEmpty();
  }

  @Test
  void theVariableOfTheCredentialsComesBeforeTheFolderOfTheClient() throws IOException {
    save("login/credentials", recorded(4));
    Map<String, String> variables =
        Map.of("MODELSCOPE_HOME", home.toString(), "MODELSCOPE_CREDENTIALS_PATH", "~/login");
    Optional<Token> found =
        new HubEnvironment(variables, home).settings(HubKind.MODELSCOPE, null).findToken();
    assertThat(found.map(token -> token.cookie("c"))).contains("c=ms-made-up-token");
  }

  @Test
  void withoutAFileThereIsNone() {
    assertThat(token(HOST)).isEmpty();
  }

  /** A call that the file asks for is not made, and no class is looked up. */
  @Test
  void nothingInThePickleRuns() throws IOException {
    Path proof = home.resolve("proof");
    String call = "cos\nsystem\n(X";
    String command = "touch " + proof;
    byte[] head = call.getBytes(StandardCharsets.US_ASCII);
    byte[] text = command.getBytes(StandardCharsets.US_ASCII);
    byte[] file = Arrays.copyOf(head, head.length + 4 + text.length + 3);
    file[head.length] = (byte) text.length;
    System.arraycopy(text, 0, file, head.length + 4, text.length);
    System.arraycopy("tR.".getBytes(StandardCharsets.US_ASCII), 0, file, file.length - 3, 3);
    save(file);
    assertThat(token(HOST)).isEmpty();
    assertThat(proof).doesNotExist();
  }

  /** {@code d = {}; d[d] = None; d[d] = None} */
  @Test
  void aDictionaryThatIsItsOwnKeyIsNoLogin() throws IOException {
    save("\u0080\u0002}q\0h\0Nsh\0Ns.".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(token(HOST)).isEmpty();
  }

  @Test
  void aDamagedFileIsATypedErrorOrNoLogin() throws IOException {
    Random random = new Random(5);
    byte[] sound = recorded(4);
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] file = Arrays.copyOf(sound, i % 2 == 0 ? sound.length : random.nextInt(sound.length));
      for (int n = random.nextInt(3); n >= 0 && file.length > 0; n--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      save(file);
      try {
        token(HOST);
      } catch (VlmException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.IO_FAILURE);
        refused++;
      }
    }
    assertThat(refused).isPositive();
  }

  @Test
  void theErrorSaysWhatToDoAndNoToken() throws IOException {
    save(Arrays.copyOf(recorded(4), 700));
    assertThatThrownBy(() -> token(HOST))
        .isInstanceOf(VlmException.class)
        .hasMessageContainingAll("cookies", "log in again", "MODELSCOPE_API_TOKEN");
  }
}
