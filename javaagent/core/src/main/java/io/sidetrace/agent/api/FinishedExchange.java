package io.sidetrace.agent.api;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Failure;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import org.jspecify.annotations.Nullable;

/** A {@link ClientCall} that is over. */
record FinishedExchange(
    ClientCall call,
    @Nullable Failure failure,
    boolean closedEarly,
    long endNanos,
    Body request,
    Body response,
    long heldBytes)
    implements Finished {
  private static final int FIRST_ERROR_STATUS = 400;

  static FinishedExchange of(
      ClientCall call,
      @Nullable Failure failure,
      boolean closedEarly,
      long endNanos,
      Body request,
      Body response) {
    long held = request.heldBytes() + response.heldBytes() + call.chunks.heldBytes();
    return new FinishedExchange(call, failure, closedEarly, endNanos, request, response, held);
  }

  @Override
  public Finished withoutBodies() {
    call.chunks = Chunks.NONE;
    return new FinishedExchange(
        call, failure, closedEarly, endNanos, request.dropped(), response.dropped(), 0);
  }

  @Override
  public Frame frame() {
    return new Frame(event(), request.pieces(), response.pieces());
  }

  private Event event() {
    String url = SafeUrl.of(call.url);
    return call.tracer
        .event(Event.Kind.EXCHANGE, call.trace, call.spanId, call.parentSpanId)
        .name(call.method + ' ' + path(url))
        .times(call.trace.microsAt(call.startNanos), endNanos - call.startNanos)
        .level(failure != null || call.status() >= FIRST_ERROR_STATUS ? Level.ERROR : null)
        .error(failure)
        .http(call.http(url))
        .chunks(call.chunks.toArray())
        .sizes(request.sizes(false), response.sizes(closedEarly))
        .build();
  }

  /** The URL's path, a name until the daemon knows a better one. */
  private static String path(String url) {
    int query = url.indexOf('?');
    int end = query < 0 ? url.length() : query;
    int scheme = url.indexOf("://");
    int slash = scheme < 0 ? 0 : url.indexOf('/', scheme + 3);
    return slash < 0 || slash >= end ? "/" : url.substring(slash, end);
  }
}
