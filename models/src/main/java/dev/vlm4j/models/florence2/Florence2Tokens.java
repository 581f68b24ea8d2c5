package dev.vlm4j.models.florence2;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The tokens that Florence-2 has beyond BART's. The authors' tokenizer files lack them: their
 * processor adds them in this order, and the embedding has its rows in this order.
 */
final class Florence2Tokens {
  private static final int BINS = 1000;

  private Florence2Tokens() {}

  static List<String> all() {
    Stream<String> locations = IntStream.range(0, BINS).mapToObj(bin -> "<loc_" + bin + ">");
    Stream<String> before = pairs("od", "ocr");
    Stream<String> pairs = pairs("cap", "ncap", "dcap", "grounding", "seg");
    Stream<String> regions =
        Stream.concat(
            Stream.of("<sep>"), pairs("region_cap", "region_to_desciption", "proposal", "poly"));
    return Stream.of(before, locations, pairs, regions, Stream.of("<and>"))
        .flatMap(tokens -> tokens)
        .toList();
  }

  private static Stream<String> pairs(String... names) {
    return Stream.of(names).flatMap(name -> Stream.of("<" + name + ">", "</" + name + ">"));
  }
}
