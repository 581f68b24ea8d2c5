package dev.vlm4j.zoo.hub;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** The Hubs whose protocols are known. */
public enum HubKind {
  /** huggingface.co, and mirrors with its protocol. */
  HUGGING_FACE("", "main", "https://huggingface.co", "HF_ENDPOINT", "HF_TOKEN"),
  /** modelscope.cn and modelscope.ai. */
  MODELSCOPE(
      "modelscope:",
      "master",
      "https://www.modelscope.cn",
      "MODELSCOPE_ENDPOINT",
      "MODELSCOPE_API_TOKEN");

  private final String prefix;
  private final String defaultBranch;
  private final URI defaultEndpoint;
  private final String endpointVariable;
  private final String tokenVariable;

  HubKind(
      String prefix,
      String defaultBranch,
      String defaultEndpoint,
      String endpointVariable,
      String tokenVariable) {
    this.prefix = prefix;
    this.defaultBranch = defaultBranch;
    this.defaultEndpoint = URI.create(defaultEndpoint);
    this.endpointVariable = endpointVariable;
    this.tokenVariable = tokenVariable;
  }

  /** Returns what identifiers of this Hub may begin with; empty for the usual one. */
  public String prefix() {
    return prefix;
  }

  /** Returns the Hub that the prefix of an identifier names; empty without one. */
  public static Optional<HubKind> ofPrefix(String text) {
    return text.startsWith(MODELSCOPE.prefix) ? Optional.of(MODELSCOPE) : Optional.empty();
  }

  /** Returns the name that users type. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace("_", "");
  }

  /** Returns the branch that is meant when nobody names one. */
  Revision defaultRevision() {
    return new Revision(defaultBranch);
  }

  URI defaultEndpoint() {
    return defaultEndpoint;
  }

  /** Returns the environment variable that names another endpoint, for messages. */
  String endpointVariable() {
    return endpointVariable;
  }

  /** Returns the environment variable with the token, for messages. */
  public String tokenVariable() {
    return tokenVariable;
  }
}
