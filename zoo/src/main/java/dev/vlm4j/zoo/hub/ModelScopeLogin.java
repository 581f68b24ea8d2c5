package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.zoo.hub.PickledData.Entries;
import dev.vlm4j.zoo.hub.PickledData.Thing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the login of ModelScope's own client leaves: a Python pickle of cookies, of which only texts
 * and numbers are read. Source: <a
 * href="https://github.com/modelscope/modelscope_hub/blob/main/src/modelscope_hub/config.py">config.py</a>
 * ({@code load_token}).
 *
 * @param files where the login may be; the first that is there counts
 */
record ModelScopeLogin(List<Path> files) {
  /** The cookie that signs requests. */
  static final String COOKIE = "m_session_id";

  private static final int LONGEST = 262_144;

  private static final String CREDENTIALS = "credentials";
  private static final String COOKIES = "cookies";

  /** Returns the login in the client's folder. */
  static ModelScopeLogin ofHome(Path home) {
    return new ModelScopeLogin(List.of(home.resolve(CREDENTIALS).resolve(COOKIES)));
  }

  /**
   * Returns the login that {@code MODELSCOPE_CREDENTIALS_PATH} leads to. Newer clients take the
   * variable for their folder, or for a file or a missing folder {@code credentials} in it; older
   * ones took it for the folder of the cookies itself. Source: <a
   * href="https://github.com/modelscope/modelscope/blob/master/modelscope/hub/__init__.py">_sync_config</a>.
   */
  static ModelScopeLogin ofCredentials(Path path) {
    boolean inside =
        Files.isRegularFile(path) || (!Files.exists(path) && path.endsWith(CREDENTIALS));
    Path home = inside ? path.resolveSibling("") : path;
    return new ModelScopeLogin(
        List.of(home.resolve(CREDENTIALS).resolve(COOKIES), path.resolve(COOKIES)));
  }

  /**
   * Returns the token for a host; empty without a login, after it has expired, or if it is for
   * another host.
   *
   * @throws VlmException {@code IO_FAILURE} if the file cannot be read
   */
  Optional<String> token(String host, Instant now) {
    return files.stream()
        .filter(Files::isRegularFile)
        .findFirst()
        .flatMap(file -> token(file, host, now));
  }

  private static Optional<String> token(Path file, String host, Instant now) {
    try {
      if (Files.size(file) > LONGEST) {
        return Optional.empty();
      }
      return PickledData.read(Files.readAllBytes(file)) instanceof Thing jar
              && jar.get("_cookies") instanceof Entries domains
          ? token(domains, host, now.getEpochSecond())
          : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "the login of ModelScope's client, "
              + file
              + ", cannot be read: log in again, delete it, or set MODELSCOPE_API_TOKEN",
          e);
    }
  }

  /** Cookies lie under domain, path and name. */
  private static Optional<String> token(Entries domains, String host, long now) {
    return domains.values().stream()
        .filter(Entries.class::isInstance)
        .flatMap(paths -> ((Map<?, ?>) paths).values().stream())
        .filter(Entries.class::isInstance)
        .map(names -> ((Map<?, ?>) names).get(COOKIE))
        .filter(Thing.class::isInstance)
        .map(Thing.class::cast)
        .filter(cookie -> isFor(cookie, host) && !isExpired(cookie, now))
        .map(cookie -> cookie.get("value"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  private static boolean isFor(Thing cookie, String host) {
    if (!(cookie.get("domain") instanceof String domain)) {
      return false;
    }
    String name = domain.replaceFirst("^\\.", "").toLowerCase(Locale.ROOT);
    String asked = host.toLowerCase(Locale.ROOT);
    return !name.isEmpty() && (asked.equals(name) || asked.endsWith("." + name));
  }

  private static boolean isExpired(Thing cookie, long now) {
    return cookie.get("expires") instanceof Long expires && expires <= now;
  }
}
