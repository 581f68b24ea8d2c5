package dev.vlm4j.zoo.hub;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Addresses at a Hub.
 *
 * @param base scheme, host, port and perhaps a path, without a slash at the end
 */
record HubEndpoint(URI base) {
  private static final String UNRESERVED = "-._~";

  /**
   * Reads the address of a Hub.
   *
   * @param variable the environment variable that holds it, for the message
   * @throws VlmException {@code INVALID_ARGUMENT}
   */
  static URI parse(String variable, String text) {
    try {
      URI uri = new URI(text.replaceAll("/+$", ""));
      if (isWeb(uri) && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw malformed(variable, e);
    }
    throw malformed(variable, null);
  }

  /** The address may hold a password: it is not repeated. */
  private static VlmException malformed(String variable, @Nullable Exception cause) {
    return new VlmException(
        ErrorCode.INVALID_ARGUMENT,
        "the environment variable "
            + variable
            + " is not the address of a Hub: set it to one such as https://host, without user"
            + " name, query and fragment, or unset it",
        cause);
  }

  /** Returns whether an address has a scheme of the web, a host, and no user name. */
  static boolean isWeb(URI uri) {
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    return (scheme.equals("https") || scheme.equals("http"))
        && uri.getHost() != null
        && uri.getRawUserInfo() == null;
  }

  static boolean isSecure(URI uri) {
    return "https".equalsIgnoreCase(uri.getScheme());
  }

  /** Returns whether the token may be sent there: same scheme, host and port. */
  boolean isOriginOf(URI uri) {
    return base.getScheme().equalsIgnoreCase(uri.getScheme())
        && base.getHost().equalsIgnoreCase(String.valueOf(uri.getHost()))
        && port(base) == port(uri);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return isSecure(uri) ? 443 : 80;
  }

  URI revision(RepositoryId id, Revision revision) {
    return at("/api/models/" + id + "/revision/" + escape(revision.text(), ""));
  }

  URI tree(RepositoryId id, String commit) {
    return at("/api/models/" + id + "/tree/" + commit + "?recursive=true&expand=false");
  }

  URI file(RepositoryId id, String commit, String path) {
    return at("/" + id + "/resolve/" + commit + "/" + escape(path, "/"));
  }

  /** Returns the address of a list with one model. */
  URI models() {
    return at("/api/models?limit=1");
  }

  /** Returns the listing that ModelScope has of a revision. */
  URI modelScopeFiles(RepositoryId id, Revision revision) {
    return at(
        "/api/v1/models/"
            + id
            + "/repo/files?Revision="
            + escape(revision.text(), "")
            + "&Recursive=True");
  }

  /** Returns where ModelScope has the bytes of a file. */
  URI modelScopeFile(RepositoryId id, String revision, String path) {
    return at(
        "/api/v1/models/"
            + id
            + "/repo?Revision="
            + escape(revision, "")
            + "&FilePath="
            + escape(path, ""));
  }

  /** Returns the shortest question that ModelScope answers. */
  URI modelScopeModels() {
    return at("/api/v1/models?PageSize=1");
  }

  /** Returns the page of a repository for people; that of the Hub without one. */
  URI page(@Nullable RepositoryId id) {
    return at(id == null ? "" : "/" + id);
  }

  private URI at(String path) {
    return URI.create(base + path);
  }

  private static String escape(String text, String safe) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xFF);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
      if (plain || safe.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      }
    }
    return out.toString();
  }
}
