package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;

/** A call the process served: a span with the bodies as input and output. */
final class RequestShape {
  private static final int SERVER_ERROR = 500;

  private RequestShape() {}

  static Observation shape(Event event, Slice request, Slice response, Observation.Trace trace) {
    Severity severity = Severity.of(event, SERVER_ERROR);
    return new Observation(
        Shaper.identity(event),
        event.name(),
        "span",
        severity.level(),
        severity.message(),
        content(event, request, response, new Facts(event)),
        Observation.Model.NONE,
        trace);
  }

  static Observation.Content content(Event event, Slice request, Slice response, Facts facts) {
    Event.Http http = event.http();
    return new Observation.Content(
        BodyText.of(
            request,
            http == null ? null : http.requestType(),
            http == null ? null : http.requestEncoding(),
            event.requestSize()),
        BodyText.of(
            response,
            http == null ? null : http.responseType(),
            http == null ? null : http.responseEncoding(),
            event.responseSize()),
        facts.toMap());
  }
}
