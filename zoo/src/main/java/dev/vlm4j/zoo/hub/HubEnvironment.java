package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.net.ProxySelector;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The environment variables of the official Python client, with its meanings and precedence.
 * Source: <a
 * href="https://github.com/huggingface/huggingface_hub/blob/main/src/huggingface_hub/constants.py">its
 * constants</a>.
 */
public final class HubEnvironment {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{([^}]*)\\}|([A-Za-z_][A-Za-z0-9_]*))");
  private static final int LONGEST_TIMEOUT = 3600;

  private final Map<String, String> variables;
  private final Path home;

  /** Uses given variables and home folder. */
  public HubEnvironment(Map<String, String> variables, Path home) {
    this.variables = Map.copyOf(variables);
    this.home = home;
  }

  /** Returns the environment of this process. */
  public static HubEnvironment ofProcess() {
    return new HubEnvironment(System.getenv(), Path.of(System.getProperty("user.home", ".")));
  }

  /**
   * Returns the settings that the variables ask for.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} if a variable is malformed, {@code
   *     HUB_TOKEN_INVALID} if the token cannot be used
   */
  public HubSettings settings() {
    return settings(null);
  }

  /** Returns the settings; an explicit token comes before those of the environment. */
  public HubSettings settings(@Nullable Token explicit) {
    return settings(HubKind.HUGGING_FACE, explicit);
  }

  /**
   * Returns the settings for a kind of Hub. ModelScope has an endpoint, a token and a cache of its
   * own; everything else is the same.
   */
  public HubSettings settings(HubKind kind, @Nullable Token explicit) {
    boolean official = kind == HubKind.HUGGING_FACE;
    HubSettings base =
        official
            ? HubSettings.of(endpoint(), cache())
            : HubSettings.of(kind, modelScopeEndpoint(), cache(kind));
    Token found =
        explicit != null ? explicit : official ? token() : modelScopeToken(base.endpoint());
    return new HubSettings(
        kind,
        base.endpoint(),
        base.cache(),
        found,
        isOffline(),
        !isTrue("HF_HUB_DISABLE_SYMLINKS"),
        !isTrue("HF_HUB_DISABLE_SYMLINKS_WARNING"),
        timeout("HF_HUB_ETAG_TIMEOUT", base.metadataTimeout()),
        timeout("HF_HUB_DOWNLOAD_TIMEOUT", base.stallTimeout()),
        base.slowest(),
        base.retries(),
        base.parallelFiles(),
        UserAgent.of(isQuiet() ? "" : value("HF_HUB_USER_AGENT_ORIGIN").orElse("")),
        proxy(base.endpoint()));
  }

  /**
   * Returns the cache folder for a kind of Hub. That of ModelScope lies beside the official one:
   * its own client keeps its index as a Python pickle, which is never read here.
   */
  public Path cache(HubKind kind) {
    return kind == HubKind.HUGGING_FACE
        ? cache()
        : VerifiedFiles.folder(cache()).resolve(kind.label());
  }

  private URI modelScopeEndpoint() {
    return modelScopeEndpoint("MODELSCOPE_ENDPOINT")
        .or(() -> modelScopeEndpoint("MODELSCOPE_DOMAIN"))
        .orElse(HubKind.MODELSCOPE.defaultEndpoint());
  }

  /** A bare host name is meant as that of a secure address. */
  private Optional<URI> modelScopeEndpoint(String name) {
    return value(name)
        .map(text -> HubEndpoint.parse(name, text.contains("://") ? text : "https://" + text));
  }

  /** A variable that is set to nothing means no token, as in its own client. */
  private @Nullable Token modelScopeToken(URI endpoint) {
    String name = "MODELSCOPE_API_TOKEN";
    if (variables.containsKey(name)) {
      return token(name).orElse(null);
    }
    Path folder =
        value("MODELSCOPE_HOME").map(this::path).orElseGet(() -> home.resolve(".modelscope"));
    ModelScopeLogin login =
        value("MODELSCOPE_CREDENTIALS_PATH")
            .map(this::path)
            .map(ModelScopeLogin::ofCredentials)
            .orElseGet(() -> ModelScopeLogin.ofHome(folder));
    return login.token(endpoint.getHost(), Instant.now()).map(Token::new).orElse(null);
  }

  /** Returns the cache folder. */
  public Path cache() {
    return value("HF_HUB_CACHE")
        .or(() -> value("HUGGINGFACE_HUB_CACHE"))
        .map(this::path)
        .orElseGet(() -> hubHome().resolve("hub"));
  }

  /** Returns whether every connection is forbidden. */
  public boolean isOffline() {
    return isTrue("HF_HUB_OFFLINE") || isTrue("TRANSFORMERS_OFFLINE");
  }

  /** Returns whether progress bars are unwanted. */
  public boolean isWithoutProgress() {
    return isTrue("HF_HUB_DISABLE_PROGRESS_BARS");
  }

  private Path hubHome() {
    return value("HF_HOME")
        .map(this::path)
        .orElseGet(
            () ->
                value("XDG_CACHE_HOME")
                    .map(this::path)
                    .orElseGet(() -> home.resolve(".cache"))
                    .resolve("huggingface"));
  }

  private URI endpoint() {
    return value("HF_ENDPOINT")
        .map(text -> HubEndpoint.parse("HF_ENDPOINT", text))
        .orElse(HubKind.HUGGING_FACE.defaultEndpoint());
  }

  private @Nullable Token token() {
    if (isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
      return null;
    }
    if (value("HF_OIDC_RESOURCE").isPresent()) {
      throw new VlmException(
          ErrorCode.HUB_TOKEN_INVALID,
          "HF_OIDC_RESOURCE is set, and vlm4j cannot exchange an OIDC token: unset it and set HF_TOKEN");
    }
    Path file = value("HF_TOKEN_PATH").map(this::path).orElseGet(() -> hubHome().resolve("token"));
    return token("HF_TOKEN")
        .or(() -> token("HUGGING_FACE_HUB_TOKEN"))
        .or(() -> TokenFile.read(file).map(text -> new Token(text, file.toString())))
        .orElse(null);
  }

  private Optional<Token> token(String name) {
    return value(name).map(text -> new Token(text, name));
  }

  private boolean isQuiet() {
    return isTrue("HF_HUB_DISABLE_TELEMETRY")
        || isTrue("DISABLE_TELEMETRY")
        || isTrue("DO_NOT_TRACK");
  }

  private @Nullable ProxySelector proxy(URI endpoint) {
    ProxySelector proxy = ProxyVariables.selector(variables);
    if (proxy != null && !isOffline()) {
      proxy.select(endpoint); // a malformed one fails here, not as a connection that is tried again
    }
    return proxy;
  }

  private Duration timeout(String name, Duration otherwise) {
    Optional<String> text = value(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.get().matches("[0-9]{1,4}") || Integer.parseInt(text.get()) > LONGEST_TIMEOUT) {
      throw new VlmException(
          ErrorCode.INVALID_ARGUMENT,
          "the environment variable "
              + name
              + " must be whole seconds, from 0 to "
              + LONGEST_TIMEOUT
              + ": set it to such a number, or unset it");
    }
    int seconds = Integer.parseInt(text.get());
    return seconds == 0 ? otherwise : Duration.ofSeconds(seconds);
  }

  private boolean isTrue(String name) {
    return switch (value(name).orElse("").toUpperCase(Locale.ROOT)) {
      case "1", "ON", "YES", "TRUE" -> true;
      default -> false;
    };
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(variables.get(name)).map(String::strip).filter(v -> !v.isEmpty());
  }

  /** Expands {@code ~} and variables; unknown variables stay, as in Python. */
  private Path path(String text) {
    String expanded = text;
    if (text.equals("~") || text.startsWith("~/")) {
      expanded = home + text.substring(1);
    }
    Matcher matcher = VARIABLE.matcher(expanded);
    return Path.of(
        matcher.replaceAll(
            found -> {
              String name = found.group(1) == null ? found.group(2) : found.group(1);
              return Matcher.quoteReplacement(variables.getOrDefault(name, found.group()));
            }));
  }
}
