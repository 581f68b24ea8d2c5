package dev.vlm4j.zoo.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A range of addresses in the notation of CIDR.
 *
 * @param start its first address, 4 or 16 bytes
 * @param bits how many leading bits all of its addresses share
 */
record AddressRange(byte[] start, int bits) {
  /** What of IPv6 is handed out to the public network at all; the rest is reserved. */
  private static final AddressRange GLOBAL_UNICAST = of("2000::/3");

  /**
   * The registries of special-purpose addresses (<a
   * href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4</a>, <a
   * href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6</a>), of IPv6 those
   * within {@code 2000::/3}. The predicates of {@link InetAddress} miss most of them.
   */
  private static final List<AddressRange> RESERVED =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.31.196.0/24",
              "192.52.193.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "192.175.48.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "2001::/23",
              "2001:db8::/32",
              "2002::/16",
              "2620:4f:8000::/48",
              "3fff::/20")
          .map(AddressRange::of)
          .toList();

  private static AddressRange of(String text) {
    int slash = text.indexOf('/');
    try {
      byte[] start = InetAddress.getByName(text.substring(0, slash)).getAddress();
      return new AddressRange(start, Integer.parseInt(text.substring(slash + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  /**
   * Returns whether an address is private, local, reserved or stands for one of another family.
   * Java turns IPv4 addresses written as IPv6 ({@code ::ffff:10.0.0.1}) into IPv4 ones.
   */
  static boolean isReserved(InetAddress address) {
    byte[] bytes = address.getAddress();
    return (bytes.length == 16 && !GLOBAL_UNICAST.contains(bytes))
        || RESERVED.stream().anyMatch(range -> range.contains(bytes));
  }

  private boolean contains(byte[] address) {
    if (address.length != start.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if (((address[bit / 8] ^ start[bit / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
