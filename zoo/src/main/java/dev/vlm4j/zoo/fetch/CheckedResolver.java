package dev.vlm4j.zoo.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Gives a connection the addresses that it dials, after all of them were checked. There is no
 * second look-up in between that could be answered differently.
 */
record CheckedResolver(HostResolver resolver, Predicate<InetAddress> refused)
    implements DnsResolver {
  @Override
  public InetAddress[] resolve(String host) throws UnknownHostException {
    InetAddress[] addresses = resolver.resolve(host);
    for (InetAddress address : addresses) {
      if (refused.test(address)) {
        throw new RefusedAddressException();
      }
    }
    return addresses;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
