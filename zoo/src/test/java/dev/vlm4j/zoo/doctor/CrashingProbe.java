package dev.vlm4j.zoo.doctor;

import java.lang.management.ManagementFactory;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;

/** Examines an engine whose native library crashes, or hangs. */
final class CrashingProbe {
  private CrashingProbe() {}

  /** Crashes as a damaged native library does, waits for ever, or leaves folders before. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(EngineProbe.STARTED);
    System.out.flush();
    if (arguments[0].equals("hanging")) {
      Thread.sleep(Long.MAX_VALUE);
    }
    if (arguments[0].equals("littering")) {
      String option = "-XX:ErrorFile=";
      for (String given : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
        if (given.startsWith(option)) {
          Path log = Path.of(given.substring(option.length()));
          Files.createDirectories(log.resolveSibling("folder").resolve("inner"));
        }
      }
    }
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field only = unsafe.getDeclaredField("theUnsafe");
    only.setAccessible(true);
    unsafe.getMethod("putAddress", long.class, long.class).invoke(only.get(null), 0L, 0L);
  }
}
