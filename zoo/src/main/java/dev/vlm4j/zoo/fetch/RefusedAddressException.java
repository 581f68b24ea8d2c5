package dev.vlm4j.zoo.fetch;

import java.net.UnknownHostException;

/** A host leads to an address that must not be dialled. */
final class RefusedAddressException extends UnknownHostException {
  private static final long serialVersionUID = 1L;
}
