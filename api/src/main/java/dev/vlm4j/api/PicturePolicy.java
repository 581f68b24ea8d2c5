package dev.vlm4j.api;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.net.IDN;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where the pictures of prompts may come from. Pictures in memory are always allowed. Without a
 * policy of the caller's any file may be read and nothing is fetched from a network. A program that
 * takes prompts from others sets a policy: {@code PicturePolicy.DEFAULT.withFilesBelow(folder)}, or
 * {@code withoutFiles()}, and the hosts it trusts. Immutable.
 *
 * <p>Addresses in private, local and reserved ranges are refused when they are dialled, whatever
 * name led to them, unless {@link #withPrivateAddresses()} allows them; every redirect is checked
 * like a first address.
 */
public final class PicturePolicy {
  /** The most bytes that a file or an answer of a server may have by default: 256 MiB. */
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** How long a fetch may take by default. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(20);

  /** Any file, no network. */
  public static final PicturePolicy DEFAULT =
      new PicturePolicy(
          true, Optional.empty(), Set.of(), false, false, DEFAULT_MAX_BYTES, DEFAULT_TIMEOUT);

  private final boolean files;
  private final Optional<Path> folder;
  private final Set<String> hosts;
  private final boolean anyHost;
  private final boolean privateAddresses;
  private final long maxBytes;
  private final Duration timeout;

  private PicturePolicy(
      boolean files,
      Optional<Path> folder,
      Set<String> hosts,
      boolean anyHost,
      boolean privateAddresses,
      long maxBytes,
      Duration timeout) {
    this.files = files;
    this.folder = folder;
    this.hosts = Set.copyOf(hosts);
    this.anyHost = anyHost;
    this.privateAddresses = privateAddresses;
    this.maxBytes = maxBytes;
    this.timeout = timeout;
  }

  /**
   * Returns this policy with files of one folder only, at any depth. Links are followed first:
   * where a file really lies counts. Relative paths are taken from the working folder.
   *
   * @param allowed a folder that exists when a picture is read
   */
  public PicturePolicy withFilesBelow(Path allowed) {
    return new PicturePolicy(
        true, Optional.of(allowed), hosts, anyHost, privateAddresses, maxBytes, timeout);
  }

  /** Returns this policy without any file. */
  public PicturePolicy withoutFiles() {
    return new PicturePolicy(
        false, Optional.empty(), hosts, anyHost, privateAddresses, maxBytes, timeout);
  }

  /**
   * Returns this policy with one more host that pictures may be fetched from.
   *
   * @param name a host such as {@code example.org}, or {@code *.example.org} for all below it
   * @throws VlmException {@code INVALID_ARGUMENT} if that is no name of a host
   */
  public PicturePolicy withHost(String name) {
    Set<String> all = new HashSet<>(hosts);
    all.add(checkedHost(name));
    return new PicturePolicy(files, folder, all, anyHost, privateAddresses, maxBytes, timeout);
  }

  /** Returns this policy with every host of the public network. */
  public PicturePolicy withAnyHost() {
    return new PicturePolicy(files, folder, hosts, true, privateAddresses, maxBytes, timeout);
  }

  /**
   * Returns this policy with allowed hosts whose addresses are private, local or reserved. Whoever
   * may name pictures then reaches what this machine reaches.
   */
  public PicturePolicy withPrivateAddresses() {
    return new PicturePolicy(files, folder, hosts, anyHost, true, maxBytes, timeout);
  }

  /**
   * Returns this policy with another limit of a picture's size as a file.
   *
   * @param bytes at least 1
   * @throws VlmException {@code INVALID_ARGUMENT} below 1
   */
  public PicturePolicy withMaxBytes(long bytes) {
    if (bytes < 1) {
      throw invalid("the largest picture must have at least 1 byte, got " + bytes);
    }
    return new PicturePolicy(files, folder, hosts, anyHost, privateAddresses, bytes, timeout);
  }

  /**
   * Returns this policy with another limit of time for a fetch, redirects included.
   *
   * @param limit longer than nothing
   * @throws VlmException {@code INVALID_ARGUMENT} for nothing or less
   */
  public PicturePolicy withTimeout(Duration limit) {
    if (limit.isZero() || limit.isNegative()) {
      throw invalid("a fetch needs some time, got " + limit);
    }
    return new PicturePolicy(files, folder, hosts, anyHost, privateAddresses, maxBytes, limit);
  }

  /** Returns whether files may be read. */
  public boolean allowsFiles() {
    return files;
  }

  /** Returns the folder that files must lie in; empty if they may lie anywhere. */
  public Optional<Path> folder() {
    return folder;
  }

  /** Returns whether anything may be fetched from a network. */
  public boolean allowsNetwork() {
    return anyHost || !hosts.isEmpty();
  }

  /** Returns whether pictures may be fetched from a host. */
  public boolean allowsHost(String name) {
    String host = canonical(name);
    if (anyHost || hosts.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (hosts.contains("*" + host.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether addresses in private, local and reserved ranges may be dialled. */
  public boolean allowsPrivateAddresses() {
    return privateAddresses;
  }

  /** Returns the most bytes of a picture as a file. */
  public long maxBytes() {
    return maxBytes;
  }

  /** Returns how long a fetch may take. */
  public Duration timeout() {
    return timeout;
  }

  private static String checkedHost(String name) {
    String host = canonical(name);
    String below = host.startsWith("*.") ? host.substring(2) : host;
    if (below.isEmpty() || below.indexOf('*') >= 0 || !below.matches("[\\[\\]a-z0-9.:_-]+")) {
      throw invalid("'" + name + "' is no host such as example.org or *.example.org");
    }
    return host;
  }

  private static String canonical(String name) {
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    try {
      return IDN.toASCII(host).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return host.toLowerCase(Locale.ROOT);
    }
  }

  private static VlmException invalid(String reason) {
    return new VlmException(ErrorCode.INVALID_ARGUMENT, reason);
  }
}
