/** Florence-2: a DaViT tower, a BART encoder-decoder, answers with places in them. */
@NullMarked
package dev.vlm4j.models.florence2;

import org.jspecify.annotations.NullMarked;
