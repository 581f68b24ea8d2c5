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
  private final Map<String, String> variables;

  private ProxyVariables(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Returns a selector; null if no variable names a proxy, so that the machine's own is used. */
  static @Nullable ProxySelector selector(Map<String, String> variables) {
    ProxyVariables all = new ProxyVariables(variables);
    boolean any = !all.value("http_proxy").isEmpty() || !all.value("https_proxy").isEmpty();
    return any || !all.value("all_proxy").isEmpty() ? all : null;
  }

  private String value(String lower) {
    String value = variables.getOrDefault(lower, "").strip();
    return value.isEmpty()
        ? variables.getOrDefault(lower.toUpperCase(Locale.ROOT), "").strip()
        : value;
  }

  @Override
  public List<Proxy> select(URI uri) {
    String own = value(uri.getScheme().toLowerCase(Locale.ROOT) + "_proxy");
    String address = own.isEmpty() ? value("all_proxy") : own;
    return List.of(
        address.isEmpty() || isExempt(String.valueOf(uri.getHost()))
            ? Proxy.NO_PROXY
            : proxy(address));
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

  private static Proxy proxy(String address) {
    try {
      URI uri = URI.create(address.contains("://") ? address : "http://" + address);
      if (uri.getHost() != null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(uri.getHost(), port));
      }
    } catch (IllegalArgumentException e) {
      throw malformed(e);
    }
    throw malformed(null);
  }

  /** The address may hold a password: it is not repeated. */
  private static VlmException malformed(@Nullable Exception cause) {
    return new VlmException(
        ErrorCode.INVALID_ARGUMENT,
        "the address of the proxy in the environment is malformed: write http://host:port",
        cause);
  }

  @Override
  public void connectFailed(URI uri, SocketAddress address, IOException failure) {
    System.getLogger(ProxyVariables.class.getName())
        .log(System.Logger.Level.DEBUG, "the proxy does not answer", failure);
  }
}
