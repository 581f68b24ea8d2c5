package dev.vlm4j.zoo;

import dev.vlm4j.api.Content;
import dev.vlm4j.api.Image;
import dev.vlm4j.api.Message;
import dev.vlm4j.api.Prompt;
import dev.vlm4j.api.Role;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.ModelAdapter;
import dev.vlm4j.spi.RequestFeed;
import dev.vlm4j.spi.Tensor;
import dev.vlm4j.zoo.generation.PreparedPrompt;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Counts the intermediate results of one request: a picture, and a prompt that fills the context.
 *
 * @param graphs the stages
 * @param feed the request
 * @param context positions of prompt and answer together
 */
record RequestMemory(List<Graph> graphs, RequestFeed feed, int context) {
  /** A photo as cameras and screens have it, for plans that are given none. */
  private static final int WIDTH = 1024;

  private static final int HEIGHT = 768;

  /** About what engines prefer that read prompts in parts. */
  private static final int PART = 512;

  /** Returns a prompt with the picture, or with a grey one of usual size. */
  static Prompt prompt(Optional<Image> image) {
    List<Content> content =
        List.of(new Content.Picture(image.orElseGet(RequestMemory::grey)), new Content.Text("?"));
    return new Prompt(List.of(new Message(Role.USER, content)));
  }

  private static Image grey() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Image.of(bytes.toByteArray());
  }

  /** Starts the request; the prompt is filled up with its last id. */
  static RequestMemory of(
      ModelAdapter adapter, List<Graph> graphs, PreparedPrompt prepared, int context) {
    boolean encoder = graphs.stream().anyMatch(g -> g.name().equals(ModelAdapter.ENCODER));
    int[] ids = prepared.ids();
    int length = encoder ? ids.length : Math.max(ids.length, context - 1);
    int[] filled = Arrays.copyOf(ids, length);
    Arrays.fill(filled, ids.length, length, ids[ids.length - 1]);
    return new RequestMemory(graphs, adapter.feed(filled, prepared.images()), context);
  }

  /**
   * Returns the most elements of each stage together: an engine keeps what a stage needed for the
   * next request.
   */
  long elements() {
    long sum = 0;
    Map<String, Tensor> features = Map.of();
    for (Map<String, Tensor> run : feed.vision()) {
      sum = Math.max(sum, of(ModelAdapter.VISION, run).elements());
    }
    if (!feed.vision().isEmpty()) {
      features = results(ModelAdapter.VISION, feed.vision().get(0));
    }
    if (graphs.stream().anyMatch(g -> g.name().equals(ModelAdapter.ENCODER))) {
      Map<String, Tensor> read = feed.encoder(features);
      sum += of(ModelAdapter.ENCODER, read).elements();
      features = results(ModelAdapter.ENCODER, read);
    }
    return sum + decoder(features);
  }

  /**
   * Engines that keep a score for every pair of positions read prompts in parts; others read them
   * whole and keep no scores. The larger of both counts.
   */
  private long decoder(Map<String, Tensor> features) {
    long inParts =
        feed.prompt(features, PART).stream()
            .mapToLong(part -> of(ModelAdapter.DECODER, part).elements())
            .max()
            .orElse(0);
    long whole = of(ModelAdapter.DECODER, feed.prompt(features)).elementsWithoutScores();
    return Math.max(inParts, whole);
  }

  private ResultMemory of(String stage, Map<String, Tensor> inputs) {
    return ResultMemory.of(graph(stage), inputs, context);
  }

  private Graph graph(String stage) {
    return graphs.stream().filter(g -> g.name().equals(stage)).findFirst().orElseThrow();
  }

  /** Returns results of the right shapes; what they hold does not matter. */
  private Map<String, Tensor> results(String stage, Map<String, Tensor> inputs) {
    ResultMemory memory = of(stage, inputs);
    Map<String, Tensor> results = new HashMap<>();
    for (Map.Entry<String, Value> output : graph(stage).outputs().entrySet()) {
      long[] sizes = output.getValue().shape().dims().stream().mapToLong(memory::length).toArray();
      int count = Math.toIntExact(Arrays.stream(sizes).reduce(1, Math::multiplyExact));
      results.put(output.getKey(), Tensor.of(new float[count], sizes));
    }
    return results;
  }
}
