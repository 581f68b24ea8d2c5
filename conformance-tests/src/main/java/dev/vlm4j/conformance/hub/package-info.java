/**
 * A Hub on this machine for tests: the endpoints that a downloader uses, a second port for the
 * storage behind it, and faults by script. Also for the tests of programs that use vlm4j.
 */
@NullMarked
package dev.vlm4j.conformance.hub;

import org.jspecify.annotations.NullMarked;
