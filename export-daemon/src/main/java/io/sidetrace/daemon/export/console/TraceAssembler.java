package io.sidetrace.daemon.export.console;

import io.sidetrace.daemon.shape.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Holds the spans of a trace until it looks whole: children end before their root and may come in
 * other batches. Time is passed in; not thread-safe.
 */
final class TraceAssembler {
  /** For spans that were still running, or in another segment, when their root ended. */
  static final Duration AFTER_ROOT = Duration.ofMillis(300);

  static final Duration WITHOUT_ROOT = Duration.ofSeconds(5);
  private static final int MAX_TRACES = 2000;
  private static final int REMEMBERED = 10_000;

  private final Map<String, Held> held = new LinkedHashMap<>();
  private final Map<String, Boolean> printed =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final BiConsumer<List<Observation>, Boolean> to;

  private static final class Held {
    private final List<Observation> spans = new ArrayList<>();
    private long dueNanos;
    private boolean rooted;
  }

  /**
   * @param to takes the spans of a trace, and whether a part of it was handed out before
   */
  TraceAssembler(BiConsumer<List<Observation>, Boolean> to) {
    this.to = to;
  }

  void add(Observation span, long nowNanos) {
    Held trace = held.computeIfAbsent(span.identity().traceId(), id -> begin(nowNanos));
    trace.spans.add(span);
    boolean root = span.identity().parentSpanId() == null || span.identity().appRoot();
    if (root && !trace.rooted) {
      trace.rooted = true;
      trace.dueNanos = nowNanos + AFTER_ROOT.toNanos();
    }
  }

  private static Held begin(long nowNanos) {
    Held trace = new Held();
    trace.dueNanos = nowNanos + WITHOUT_ROOT.toNanos();
    return trace;
  }

  /** Hands out what has waited long enough. */
  void release(long nowNanos) {
    int over = held.size() - MAX_TRACES;
    for (Iterator<Map.Entry<String, Held>> i = held.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<String, Held> trace = i.next();
      if (over-- > 0 || trace.getValue().dueNanos - nowNanos <= 0) {
        i.remove();
        handOut(trace.getKey(), trace.getValue());
      }
    }
  }

  void releaseAll() {
    held.forEach(this::handOut);
    held.clear();
  }

  private void handOut(String traceId, Held trace) {
    to.accept(trace.spans, printed.put(traceId, true) != null);
  }
}
