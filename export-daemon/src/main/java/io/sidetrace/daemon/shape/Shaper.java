package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;
import org.jspecify.annotations.Nullable;

/** Turns events into observations. Pure: the same event gives the same observation. Thread-safe. */
public final class Shaper {
  private final Defaults defaults;

  /**
   * What the daemon's options say of events that don't say it themselves.
   *
   * @param environment null: none
   * @param release null: none
   */
  public record Defaults(@Nullable String environment, @Nullable String release) {}

  public Shaper(Defaults defaults) {
    this.defaults = defaults;
  }

  /** Never fails: bodies that nobody can decode stay as text. */
  public Observation shape(Event event, Slice request, Slice response) {
    if (isTold(event)) {
      return SpanShape.shape(event, request, response, trace(event));
    }
    return switch (event.kind()) {
      case REQUEST -> RequestShape.shape(event, request, response, trace(event));
      case EXCHANGE -> ExchangeShape.shape(event, request, response, trace(event));
      case SPAN, LOG -> SpanShape.shape(event, request, response, trace(event));
    };
  }

  /** Producers that already know what the span means need no decoding. */
  private static boolean isTold(Event event) {
    return event.type() != null || event.input() != null || event.output() != null;
  }

  private Observation.Trace trace(Event event) {
    Event.Origin origin = event.origin();
    return new Observation.Trace(
        traceName(event),
        event.userId(),
        event.sessionId(),
        event.tags(),
        origin.service(),
        origin.instance(),
        origin.environment() != null ? origin.environment() : defaults.environment(),
        origin.release() != null ? origin.release() : defaults.release(),
        JsonText.plain(event.unknown().get("version")));
  }

  /** Only the root knows it, unless the producer repeats it on every event as {@code traceName}. */
  private static @Nullable String traceName(Event event) {
    String told = JsonText.plain(event.unknown().get("traceName"));
    if (told != null) {
      return told;
    }
    return event.parentSpanId() == null || isAppRoot(event) ? event.name() : null;
  }

  static Observation.Identity identity(Event event) {
    return new Observation.Identity(
        event.traceId(),
        event.spanId(),
        event.parentSpanId(),
        isAppRoot(event),
        event.startMicros(),
        event.durationNanos());
  }

  /** The caller's span is not ours to send: for Langfuse this span is where the trace begins. */
  private static boolean isAppRoot(Event event) {
    return event.parentSpanId() != null && event.remoteParent();
  }
}
