/** Places in answers: boxes and points that models write as JSON or between box tokens. */
@NullMarked
package dev.vlm4j.zoo.answer;

import org.jspecify.annotations.NullMarked;
