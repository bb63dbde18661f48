package io.sidetrace.agent.api;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What all spans of one trace in this process share. The wall clock is read once, at the root:
 * every other time is that plus the monotonic clock, so a clock that is set during a request moves
 * no span.
 */
final class Trace {
  final String traceId;
  final @Nullable String userId;
  final @Nullable String sessionId;
  final List<String> tags;

  /** Null in the trace of a request. */
  final @Nullable JobRoot root;

  private final long anchorMicros;
  private final long anchorNanos;

  Trace(String traceId, @Nullable String userId, @Nullable String sessionId, List<String> tags) {
    this(traceId, userId, sessionId, tags, null);
  }

  private Trace(
      String traceId,
      @Nullable String userId,
      @Nullable String sessionId,
      List<String> tags,
      @Nullable JobRoot root) {
    this.traceId = traceId;
    this.userId = userId;
    this.sessionId = sessionId;
    this.tags = tags;
    this.root = root;
    Instant now = Instant.now();
    this.anchorMicros =
        TimeUnit.SECONDS.toMicros(now.getEpochSecond())
            + TimeUnit.NANOSECONDS.toMicros(now.getNano());
    this.anchorNanos = System.nanoTime();
  }

  /** For work that no request began, see {@link Span#beginJob}. */
  static Trace ofJob(@Nullable TraceParent caller, Tracer tracer) {
    return new Trace(
        caller == null ? Ids.traceId() : caller.traceId(),
        null,
        null,
        List.of(),
        new JobRoot(tracer));
  }

  /** Microseconds since the epoch at {@code nanos}, a reading of {@link System#nanoTime}. */
  long microsAt(long nanos) {
    return anchorMicros + TimeUnit.NANOSECONDS.toMicros(nanos - anchorNanos);
  }
}
