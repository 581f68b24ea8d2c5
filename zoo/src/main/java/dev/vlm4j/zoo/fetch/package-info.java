/** Pictures from the network, as far as a policy allows. */
@NullMarked
package dev.vlm4j.zoo.fetch;

import org.jspecify.annotations.NullMarked;
