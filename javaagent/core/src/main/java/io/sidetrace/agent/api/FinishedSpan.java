package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Failure;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Pieces;
import org.jspecify.annotations.Nullable;

/** A {@link Span} that is over. */
record FinishedSpan(Span span, @Nullable Failure failure, long endNanos) implements Finished {

  @Override
  public long heldBytes() {
    return 0;
  }

  @Override
  public Finished withoutBodies() {
    return this;
  }

  @Override
  public Frame frame() {
    return new Frame(event(), Pieces.NONE, Pieces.NONE);
  }

  private Event event() {
    return span.tracer
        .event(Event.Kind.SPAN, span.trace, span.context.spanId, span.parentSpanId)
        .remoteParent(span.previous == null && span.parentSpanId != null)
        .name(span.name.toString())
        .type(span.type)
        .times(span.trace.microsAt(span.startNanos), endNanos - span.startNanos)
        .level(failure == null ? null : Level.ERROR)
        .error(failure)
        .build();
  }
}
