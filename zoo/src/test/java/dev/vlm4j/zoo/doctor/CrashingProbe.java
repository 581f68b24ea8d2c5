package dev.vlm4j.zoo.doctor;

import java.lang.reflect.Field;

/** Examines an engine whose native library crashes, or hangs. */
final class CrashingProbe {
  private CrashingProbe() {}

  /** Crashes as a damaged native library does, or waits for ever if its argument says so. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(EngineProbe.STARTED);
    System.out.flush();
    if (arguments[0].equals("hanging")) {
      Thread.sleep(Long.MAX_VALUE);
    }
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field only = unsafe.getDeclaredField("theUnsafe");
    only.setAccessible(true);
    unsafe.getMethod("putAddress", long.class, long.class).invoke(only.get(null), 0L, 0L);
  }
}
