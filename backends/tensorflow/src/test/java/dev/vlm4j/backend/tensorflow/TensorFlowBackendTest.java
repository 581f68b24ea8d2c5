package dev.vlm4j.backend.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.GraphException;
import dev.vlm4j.error.VlmException;
import dev.vlm4j.graph.DType;
import dev.vlm4j.graph.Dim;
import dev.vlm4j.graph.Graph;
import dev.vlm4j.graph.Scope;
import dev.vlm4j.graph.Shape;
import dev.vlm4j.graph.Value;
import dev.vlm4j.spi.Backend;
import dev.vlm4j.spi.BackendOptions;
import dev.vlm4j.spi.BackendProvider;
import dev.vlm4j.spi.CompileOptions;
import dev.vlm4j.spi.Device;
import dev.vlm4j.spi.Precision;
import dev.vlm4j.spi.StorageType;
import dev.vlm4j.spi.Tensor;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class TensorFlowBackendTest {
  private static Backend backend() {
    return new TensorFlowBackendProvider().create(BackendOptions.DEFAULT);
  }

  private static Graph sumOfWeights() {
    return SmallGraph.of(
        builder -> {
          Scope root = builder.root();
          return root.add(root.weight("a", 2), root.weight("b", 2));
        });
  }

  private static ByteBuffer shorts(int... values) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(4).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asShortBuffer().put(new short[] {(short) values[0], (short) values[1]});
    return buffer;
  }

  private static void assertCode(ThrowingCallable call, ErrorCode code, String... parts) {
    assertThatThrownBy(call)
        .hasMessageContainingAll(parts)
        .isInstanceOfSatisfying(VlmException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @Test
  void isFoundAsAService() {
    assertThat(ServiceLoader.load(BackendProvider.class))
        .hasOnlyElementsOfType(TensorFlowBackendProvider.class);
  }

  @Test
  void tellsItsVersion() {
    try (Backend backend = backend()) {
      assertThat(backend.engineVersion()).startsWith("2.");
      assertThat(backend.precisions()).containsExactly(Precision.FP32);
    }
  }

  @Test
  void readsEveryStoredFloatType() {
    ByteBuffer doubles = ByteBuffer.allocateDirect(16).order(ByteOrder.LITTLE_ENDIAN);
    doubles.asDoubleBuffer().put(new double[] {1.5, -2});
    Map<StorageType, ByteBuffer> stored =
        Map.of(
            StorageType.BF16, shorts(0x3fc0, 0xc000),
            StorageType.F16, shorts(0x3e00, 0xc000),
            StorageType.F64, doubles);
    stored.forEach(
        (type, buffer) -> {
          MemoryWeights weights =
              new MemoryWeights()
                  .add("a", Shape.fixed(2), 1, 1)
                  .add("b", type, Shape.fixed(2), buffer);
          Tensor y = SmallGraph.run(sumOfWeights(), weights, Map.of(), true);
          assertThat(y.floats()).as(type.toString()).containsExactly(2.5f, -1);
        });
  }

  @Test
  void listsAllWeightsThatDoNotFit() {
    MemoryWeights weights = new MemoryWeights().add("a", Shape.fixed(3), 1, 2, 3);
    try (Backend backend = backend()) {
      assertCode(
          () -> backend.compile(sumOfWeights(), weights, CompileOptions.DEFAULT),
          ErrorCode.WEIGHTS_MISMATCH,
          "a has the shape [3], wanted is [2]",
          "there is no tensor b");
    }
  }

  @Test
  void rejectsIntegerWeights() {
    MemoryWeights weights =
        new MemoryWeights()
            .add("a", Shape.fixed(2), 1, 2)
            .add("b", StorageType.I16, Shape.fixed(2), shorts(1, 2));
    try (Backend backend = backend()) {
      assertCode(
          () -> backend.compile(sumOfWeights(), weights, CompileOptions.DEFAULT),
          ErrorCode.WEIGHTS_MISMATCH,
          "b is stored as I16");
    }
  }

  @Test
  void rejectsOtherPrecisions() {
    try (Backend backend = backend()) {
      assertCode(
          () ->
              backend.compile(
                  sumOfWeights(), new MemoryWeights(), new CompileOptions(Precision.INT8, true)),
          ErrorCode.PRECISION_UNSUPPORTED,
          "int8",
          "fp32");
    }
  }

  @Test
  void reportsNodesThatCannotBeLowered() {
    Dim one = Dim.fixed(1);
    Graph graph =
        SmallGraph.of(
            builder -> {
              Scope root = builder.root();
              Value x = builder.input("x", DType.FLOAT, Dim.symbol("n"));
              Value deep = root.reshape(x, x.dim(0), one, one, one, one, one, one, one, one);
              return root.at("deep").add(deep, 1);
            });
    try (Backend backend = backend()) {
      assertThat(backend.check(graph, CompileOptions.DEFAULT)).hasSize(2);
      assertThat(backend.check(sumOfWeights(), CompileOptions.DEFAULT)).isEmpty();
      assertThatThrownBy(() -> backend.compile(graph, new MemoryWeights(), CompileOptions.DEFAULT))
          .isInstanceOf(GraphException.class)
          .hasMessageContaining("deep");
    }
  }

  @Test
  void rejectsGpus() {
    assertCode(
        () -> new TensorFlowBackendProvider().create(new BackendOptions(0, Device.gpu(0))),
        ErrorCode.BACKEND_UNAVAILABLE,
        "gpu:0");
  }

  @Test
  void failsAfterClosing() {
    Backend backend = backend();
    backend.close();
    backend.close();
    assertCode(
        () -> backend.compile(sumOfWeights(), new MemoryWeights(), CompileOptions.DEFAULT),
        ErrorCode.CLOSED,
        "closed");
  }

  @Test
  void namesTheArtifactIfTheNativeLibraryIsMissing() throws Exception {
    try (URLClassLoader loader = withoutNatives()) {
      Class<?> provider = loader.loadClass(TensorFlowBackendProvider.class.getName());
      BackendProvider isolated = (BackendProvider) provider.getConstructor().newInstance();
      assertThat(isolated.name()).isEqualTo("tensorflow");
      assertThat(isolated.description()).contains("tensorflow-core-native");
      assertCode(
          () -> isolated.create(BackendOptions.DEFAULT),
          ErrorCode.BACKEND_UNAVAILABLE,
          "org.tensorflow:tensorflow-core-native",
          "classifier");
    }
  }

  /** The class path without the jar of the native library; only the types of the api are shared. */
  private static URLClassLoader withoutNatives() throws MalformedURLException {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (!entry.matches(".*tensorflow-core-native-[^/\\\\]*-(linux|macosx|windows)-.*\\.jar")) {
        urls.add(new File(entry).toURI().toURL());
      }
    }
    ClassLoader shared = TensorFlowBackendTest.class.getClassLoader();
    return new URLClassLoader(urls.toArray(URL[]::new), new SharedApi(shared));
  }

  private static final class SharedApi extends ClassLoader {
    private final ClassLoader application;

    SharedApi(ClassLoader application) {
      super(ClassLoader.getPlatformClassLoader());
      this.application = application;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("dev.vlm4j.") && !name.startsWith("dev.vlm4j.backend.")) {
        return application.loadClass(name);
      }
      throw new ClassNotFoundException(name);
    }
  }
}
