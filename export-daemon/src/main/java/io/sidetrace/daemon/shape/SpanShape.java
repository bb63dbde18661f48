package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** A span, a log, or any event whose producer told what it means. */
final class SpanShape {
  private static final int SERVER_ERROR = 500;

  /** Langfuse reads any other type as span. */
  private static final Set<String> TYPES =
      Set.of(
          "span",
          "generation",
          "event",
          "embedding",
          "agent",
          "tool",
          "chain",
          "retriever",
          "evaluator",
          "guardrail");

  private SpanShape() {}

  static Observation shape(Event event, Slice request, Slice response, Observation.Trace trace) {
    Severity severity = Severity.of(event, SERVER_ERROR);
    Facts facts = new Facts(event);
    Observation.Content bodies = RequestShape.content(event, request, response, facts);
    String input = JsonText.plain(event.input());
    String output = JsonText.plain(event.output());
    return new Observation(
        Shaper.identity(event),
        event.name(),
        type(event),
        severity.level(),
        severity.message(),
        new Observation.Content(
            input != null ? input : bodies.input(),
            output != null ? output : bodies.output(),
            bodies.metadata()),
        new Observation.Model(
            event.model(), event.modelParameters(), event.usage(), Map.of(), 0, event.prompt()),
        trace);
  }

  private static String type(Event event) {
    String told = event.type();
    if (told == null) {
      return event.kind() == Event.Kind.LOG ? "event" : "span";
    }
    String type = told.toLowerCase(Locale.ROOT);
    return TYPES.contains(type) ? type : "span";
  }
}
