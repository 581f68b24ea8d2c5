/** What an application calls: models, prompts, pictures, generation options and answers. */
@NullMarked
package dev.vlm4j.api;

import org.jspecify.annotations.NullMarked;
