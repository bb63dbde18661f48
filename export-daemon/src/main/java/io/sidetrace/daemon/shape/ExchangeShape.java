package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;

/** A call to an LLM provider. Until a decoder knows it, its bodies as they are. */
final class ExchangeShape {
  private static final int CLIENT_ERROR = 400;

  private ExchangeShape() {}

  static Observation shape(Event event, Slice request, Slice response, Observation.Trace trace) {
    Severity severity = Severity.of(event, CLIENT_ERROR);
    return new Observation(
        Shaper.identity(event),
        event.name(),
        "generation",
        severity.level(),
        severity.message(),
        RequestShape.content(event, request, response, new Facts(event)),
        Observation.Model.NONE,
        trace);
  }
}
