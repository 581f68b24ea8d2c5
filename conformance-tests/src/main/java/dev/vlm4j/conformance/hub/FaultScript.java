package dev.vlm4j.conformance.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which requests go wrong, and how often. Thread-safe. */
public final class FaultScript {
  private final List<Line> lines = new ArrayList<>();

  private static final class Line {
    private final Predicate<RecordedRequest> which;
    private final Fault fault;
    private int skip;
    private int left;

    Line(Predicate<RecordedRequest> which, int skip, int times, Fault fault) {
      this.which = which;
      this.skip = skip;
      this.left = times;
      this.fault = fault;
    }
  }

  /** Lets the next requests of a kind go wrong. */
  public FaultScript next(int times, Predicate<RecordedRequest> which, Fault fault) {
    return after(0, times, which, fault);
  }

  /** Lets all requests of a kind go wrong. */
  public FaultScript always(Predicate<RecordedRequest> which, Fault fault) {
    return after(0, Integer.MAX_VALUE, which, fault);
  }

  /** Lets requests of a kind go wrong after some that do not. */
  public synchronized FaultScript after(
      int sound, int times, Predicate<RecordedRequest> which, Fault fault) {
    lines.add(new Line(which, sound, times, fault));
    return this;
  }

  /** Forgets all faults. */
  public synchronized void clear() {
    lines.clear();
  }

  /** Returns requests whose target contains a text. */
  public static Predicate<RecordedRequest> target(String part) {
    return request -> request.target().contains(part);
  }

  synchronized Optional<Fault> take(RecordedRequest request) {
    for (Line line : lines) {
      if (line.left > 0 && line.which.test(request)) {
        if (line.skip > 0) {
          line.skip--;
        } else {
          line.left--;
          return Optional.of(line.fault);
        }
      }
    }
    return Optional.empty();
  }
}
