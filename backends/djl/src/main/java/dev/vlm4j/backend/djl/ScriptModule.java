package dev.vlm4j.backend.djl;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.vlm4j.error.ErrorCode;
import dev.vlm4j.error.VlmException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A module of TorchScript, compiled from source text. Thread-safe apart from closing. */
final class ScriptModule implements AutoCloseable {
  private final TorchEngine engine;
  private final PtNDManager manager;
  private final PtSymbolBlock block;

  private ScriptModule(TorchEngine engine, PtNDManager manager, PtSymbolBlock block) {
    this.engine = engine;
    this.manager = manager;
    this.block = block;
  }

  /**
   * Compiles a module.
   *
   * @param lists names of the attributes that start as empty lists
   */
  static ScriptModule load(
      TorchEngine engine, String className, String source, List<String> lists) {
    PtNDManager manager = engine.newManager();
    try {
      PtSymbolBlock block =
          engine.call("compiling a script", () -> loadArchive(manager, className, source, lists));
      return new ScriptModule(engine, manager, block);
    } catch (VlmException e) {
      manager.close();
      throw e;
    }
  }

  private static PtSymbolBlock loadArchive(
      PtNDManager manager, String className, String source, List<String> lists) {
    try {
      Path archive = Files.createTempFile("vlm4j", ".pt");
      try {
        TorchArchive.write(archive, className, source, lists);
        return JniUtils.loadModule(manager, archive, true, new String[0], new String[0], false);
      } finally {
        Files.delete(archive);
      }
    } catch (IOException e) {
      throw new VlmException(
          ErrorCode.IO_FAILURE,
          "cannot write a script to the folder for temporary files, set java.io.tmpdir: " + e,
          e);
    }
  }

  /** Returns a text beside this class. */
  static String resource(String name) {
    try (InputStream in = ScriptModule.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Calls a method; the caller closes arguments and result. */
  IValue call(String method, IValue... arguments) {
    return engine.call("running " + method, () -> IValueUtils.runMethod(block, method, arguments));
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
