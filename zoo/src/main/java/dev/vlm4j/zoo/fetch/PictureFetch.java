package dev.vlm4j.zoo.fetch;

import dev.vlm4j.api.PicturePolicy;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * Fetches pictures over http and https under a policy: only allowed hosts; never an address in a
 * private, local or reserved range, judged at the moment of dialling; every redirect checked like a
 * first address; bounded in bytes and time. No proxy is used, because the address that counts could
 * not be seen through one. Immutable and thread-safe.
 */
public final class PictureFetch {
  private static final int MOST_REDIRECTS = 5;

  private final PicturePolicy policy;
  private final CheckedResolver resolver;

  /** Creates a fetcher for one policy. */
  public PictureFetch(PicturePolicy policy) {
    this(policy, HostResolver.SYSTEM, AddressRange::isReserved);
  }

  PictureFetch(PicturePolicy policy, HostResolver resolver, Predicate<InetAddress> reserved) {
    this.policy = policy;
    this.resolver =
        new CheckedResolver(resolver, policy.allowsPrivateAddresses() ? any -> false : reserved);
  }

  /**
   * Returns the bytes behind an address.
   *
   * @throws VlmException {@code IMAGE_SOURCE_REFUSED} if the policy does not allow the address or
   *     one that it leads to; {@code IMAGE_FETCH_FAILED} for anything else
   */
  public byte[] fetch(URI address) {
    FetchErrors errors = new FetchErrors(address);
    check(address, errors);
    try (PictureConnection connection = new PictureConnection(resolver, policy)) {
      FutureTask<byte[]> task = new FutureTask<>(() -> follow(connection, address, errors));
      Thread worker = new Thread(task, "vlm4j-picture");
      worker.setDaemon(true);
      worker.start();
      return await(task, errors);
    }
  }

  /** Returns an address as messages show it: shortened, without what may be secret. */
  public static String shown(URI address) {
    return FetchErrors.shown(address);
  }

  /** A look-up of a name cannot be interrupted, so the wait ends, not the thread. */
  private byte[] await(FutureTask<byte[]> task, FetchErrors errors) {
    Duration limit = policy.timeout();
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw errors.failed("it took longer than " + limit.toMillis() + " ms; try again later", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw errors.failed("the thread was interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof VlmException typed) {
        throw typed;
      }
      throw errors.failed("the server did not answer properly; check the address", e.getCause());
    }
  }

  private byte[] follow(PictureConnection connection, URI address, FetchErrors errors)
      throws IOException {
    URI at = address;
    for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
      Hop reply = connection.get(at, errors);
      if (reply.redirect().isEmpty()) {
        return reply.body();
      }
      URI next = at.resolve(reply.redirect().get());
      check(next, errors);
      if (isSecure(at) && !isSecure(next)) {
        throw errors.refused("it is redirected from https to http");
      }
      at = next;
    }
    throw errors.failed("it is redirected more than " + MOST_REDIRECTS + " times", null);
  }

  private void check(URI address, FetchErrors errors) {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw errors.refused("only http and https addresses are");
    }
    if (address.getHost() == null || address.getRawUserInfo() != null) {
      throw errors.refused("its address must name a host and no user");
    }
    if (!policy.allowsNetwork()) {
      throw errors.refused(
          "the picture policy allows no network, as when offline; allow its host with"
              + " PicturePolicy.withHost, or give a file");
    }
    if (!policy.allowsHost(address.getHost())) {
      throw errors.refused("the picture policy does not allow its host, or one it redirects to");
    }
  }

  private static boolean isSecure(URI address) {
    return address.getScheme().equalsIgnoreCase("https");
  }
}
