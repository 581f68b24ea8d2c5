/**
 * Chat templates: a Jinja engine that renders what Python renders, byte for byte, or fails with a
 * typed error. No reflection, no host objects, bounded work; every character of the result says
 * whether the user wrote it.
 */
@NullMarked
package dev.vlm4j.zoo.template;

import org.jspecify.annotations.NullMarked;
