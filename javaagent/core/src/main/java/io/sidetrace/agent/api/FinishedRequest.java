package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Failure;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import org.jspecify.annotations.Nullable;

/**
 * A {@link ServerCall} that is over.
 *
 * @param read null: not seen, as {@code sent}
 */
record FinishedRequest(
    ServerCall call,
    @Nullable String route,
    int status,
    @Nullable Level level,
    @Nullable Failure failure,
    boolean clientGone,
    long endNanos,
    @Nullable Body read,
    @Nullable Body sent,
    long heldBytes)
    implements Finished {

  @Override
  public Finished withoutBodies() {
    return new FinishedRequest(
        call,
        route,
        status,
        level,
        failure,
        clientGone,
        endNanos,
        Body.droppedOf(read),
        Body.droppedOf(sent),
        0);
  }

  /** A body without a type is kept if it is text, as far as its beginning tells. */
  @Override
  public Frame frame() {
    if (read != null && call.head.contentType() == null) {
      read.keepOnlyText();
    }
    if (sent != null && call.responseType() == null) {
      sent.keepOnlyText();
    }
    return new Frame(event(), Body.piecesOf(read), Body.piecesOf(sent));
  }

  private Event event() {
    String parent = call.parentSpanId;
    return call.tracer
        .event(Event.Kind.REQUEST, call.trace, call.spanId, parent)
        .remoteParent(parent != null)
        .name(call.head.name(route))
        .times(call.trace.microsAt(call.startNanos), endNanos - call.startNanos)
        .level(level)
        .error(failure)
        .http(call.http(route, status))
        .sizes(Body.sizesOf(read, false), Body.sizesOf(sent, clientGone))
        .metadata(call.head.metadata())
        .build();
  }
}
