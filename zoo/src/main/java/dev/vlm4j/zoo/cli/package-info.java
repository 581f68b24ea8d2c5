/** The command line. */
@NullMarked
package dev.vlm4j.zoo.cli;

import org.jspecify.annotations.NullMarked;
