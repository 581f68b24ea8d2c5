package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables {@code HTTP_PROXY}, {@code HTTPS_PROXY}, {@code ALL_PROXY} and {@code NO_PROXY}.
 */
final class ProxyVariables extends ProxySelector {
  private static final String ALL = "all_proxy";
  private static final List<String> ADDRESSES = List.of("http_proxy", "https_proxy", ALL);

  private final Map<String, String> variables;

  private ProxyVariables(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Returns a selector; null if no variable names a proxy, so that the machine's own is used. */
  static @Nullable ProxySelector selector(Map<String, String> variables) {
    ProxyVariables all = new ProxyVariables(variables);
    return ADDRESSES.stream().allMatch(name -> all.value(name).isEmpty()) ? null : all;
  }

  /** The small letters come first. */
  private String variable(String lower) {
    return variables.getOrDefault(lower, "").isBlank() ? lower.toUpperCase(Locale.ROOT) : lower;
  }

  private String value(String lower) {
    return variables.getOrDefault(variable(lower), "").strip();
  }

  /**
   * Returns the way to an address.
   *
   * @throws VlmException {@code INVALID_ARGUMENT} naming the variable that is malformed
   */
  @Override
  public List<Proxy> select(URI uri) {
    String own = uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy";
    String name = value(own).isEmpty() ? ALL : own;
    return List.of(
        value(name).isEmpty() || isExempt(String.valueOf(uri.getHost()))
            ? Proxy.NO_PROXY
            : proxy(name));
  }

  private boolean isExempt(String host) {
    for (String entry : value("no_proxy").split(",")) {
      String name = entry.strip();
      String suffix = name.startsWith(".") ? name : "." + name;
      if (name.equals("*") || (!name.isEmpty() && ("." + host).endsWith(suffix))) {
        return true;
      }
    }
    return false;
  }

  private Proxy proxy(String name) {
    String address = value(name);
    try {
      URI uri = URI.create(address.contains("://") ? address : "http://" + address);
      if (uri.getHost() != null && uri.getScheme().toLowerCase(Locale.ROOT).startsWith("http")) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      throw malformed(name, e);
    }
    throw malformed(name, null);
  }

  /** The address may hold a password: it is not repeated. */
  private VlmException malformed(String name, @Nullable Exception cause) {
    return new VlmException(
        ErrorCode.INVALID_ARGUMENT,
        "the environment variable "
            + variable(name)
            + " is not the address of an HTTP proxy, the only kind that is supported: set it to"
            + " one such as http://host:port, or unset it",
        cause);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    System.getLogger(ProxyVariables.class.getName())
        .log(System.Logger.Level.DEBUG, "the proxy does not answer", failure);
  }
}
