package dev.vlm4j.zoo.fetch;

import java.net.URI;
import java.util.Optional;

/**
 * What came back from one address.
 *
 * @param redirect where to ask instead
 * @param body bytes of a picture; empty with a redirect
 */
record Hop(Optional<URI> redirect, byte[] body) {}
