package dev.vlm4j.zoo.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. */
@FunctionalInterface
interface HostResolver {
  /** Asks the system. */
  HostResolver SYSTEM = InetAddress::getAllByName;

  /** Returns all addresses, at least one. */
  InetAddress[] resolve(String host) throws UnknownHostException;
}
