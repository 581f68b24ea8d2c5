/** Looks whether this machine is fit to run models, and says what to do where it is not. */
@NullMarked
package dev.vlm4j.zoo.doctor;

import org.jspecify.annotations.NullMarked;
