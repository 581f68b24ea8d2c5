/**
 * Models of a Hub: resolves a revision, downloads the files that are needed, and keeps them in the
 * official cache that it shares with Python programs.
 */
@NullMarked
package dev.vlm4j.zoo.hub;

import org.jspecify.annotations.NullMarked;
