package dev.vlm4j.zoo.cli;

import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.function.IntConsumer;

/**
 * Lets Ctrl-C end the current step instead of the virtual machine. The machine's own reaction is to
 * run the shutdown hooks at once, and engines free their native memory in such hooks while another
 * thread may still be computing with it.
 */
final class Interruption {
  private static final long GRACE_MS = 5_000;

  private final long graceMs;
  private final IntConsumer halt;
  private volatile int exitCode;

  Interruption(long graceMs, IntConsumer halt) {
    this.graceMs = graceMs;
    this.halt = halt;
  }

  /** Returns one that listens to SIGINT and SIGTERM. */
  static Interruption install() {
    Interruption interruption = new Interruption(GRACE_MS, Runtime.getRuntime()::halt);
    interruption.listen("INT", Failures.INTERRUPTED);
    interruption.listen("TERM", Failures.TERMINATED);
    return interruption;
  }

  boolean isRequested() {
    return exitCode != 0;
  }

  /** Returns the exit code of a program that would end with {@code code}. */
  int exitCode(int code) {
    return isRequested() ? exitCode : code;
  }

  /**
   * Reflection, because the compiler warns of any mention of the type and cannot be told not to.
   */
  private void listen(String name, int code) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object onSignal =
          Proxy.newProxyInstance(
              Interruption.class.getClassLoader(),
              new Class<?>[] {handler},
              (proxy, method, arguments) -> {
                stop(code);
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance(name), onSignal);
    } catch (ReflectiveOperationException e) {
      // A runtime image without jdk.unsupported, or a platform without the signal: the virtual
      // machine's own reaction stays, which ends the program too.
      System.getLogger(Interruption.class.getName()).log(Level.DEBUG, "no handler for " + name, e);
    }
  }

  /** Asks for the end; ends the program itself if that takes too long or is asked for again. */
  void stop(int code) {
    if (!isRequested()) {
      exitCode = code;
      waitForTheProgram();
    }
    halt.accept(code);
  }

  private void waitForTheProgram() {
    try {
      Thread.sleep(graceMs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
