package dev.vlm4j.zoo.cli;

import dev.vlm4j.zoo.hub.DownloadListener;
import dev.vlm4j.zoo.hub.HubEnvironment;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows downloads on standard error: a bar on a terminal, two lines otherwise. */
final class DownloadProgress implements DownloadListener {
  private static final int WIDTH = 78;
  private static final int UPDATE_MS = 200;
  private static final long MEGA = 1_000_000;
  private static final Duration WORTH_TELLING = Duration.ofSeconds(3);

  private final PrintStream err;
  private final BooleanSupplier interrupted;
  private final boolean withBar;
  private @Nullable ProgressBar bar;

  DownloadProgress(PrintStream err, BooleanSupplier interrupted) {
    this.err = err;
    this.interrupted = interrupted;
    this.withBar = System.console() != null && !HubEnvironment.ofProcess().isWithoutProgress();
  }

  @Override
  public void onStart(int files, long bytes) {
    note(String.format(Locale.ROOT, "downloading %d files, %s", files, ByteCount.text(bytes)));
    if (withBar) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("download")
              .setInitialMax(bytes)
              .setUnit(" MB", MEGA)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(UPDATE_MS)
              .setConsumer(new ConsoleProgressBarConsumer(err, WIDTH))
              .showSpeed()
              .build();
    }
  }

  @Override
  public void onBytes(long bytes) {
    if (bar != null) {
      bar.stepBy(bytes);
    }
  }

  @Override
  public void onEnd() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  @Override
  public void onWait(String reason, Duration time) {
    if (time.compareTo(WORTH_TELLING) >= 0) {
      note(reason + "; going on in " + time.toSeconds() + " s");
    }
  }

  @Override
  public void onNotice(String text) {
    note(text);
  }

  private void note(String text) {
    err.print("vlm4j: " + text + "\n");
    err.flush();
  }

  @Override
  public boolean isCancelled() {
    return interrupted.getAsBoolean();
  }
}
