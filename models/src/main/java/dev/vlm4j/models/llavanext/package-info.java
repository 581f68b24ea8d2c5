/** LLaVA-NeXT: pictures as tiles of one of several grids. */
@NullMarked
package dev.vlm4j.models.llavanext;

import org.jspecify.annotations.NullMarked;
