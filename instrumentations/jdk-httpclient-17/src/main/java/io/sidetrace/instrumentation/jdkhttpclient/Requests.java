package io.sidetrace.instrumentation.jdkhttpclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;

/** Copies of requests, with and without what we add. */
final class Requests {
  private Requests() {}

  /** The JDK's own copy keeps everything, options of later versions as well. */
  static HttpRequest outgoing(HttpRequest request, Outgoing out) {
    ClientCall call = out.call();
    String traceparent = out.traceparent();
    boolean traced =
        traceparent != null && request.headers().firstValue(Outgoing.TRACEPARENT).isEmpty();
    BodyPublisher body = call == null ? null : request.bodyPublisher().orElse(null);
    if (!traced && body == null) {
      return request;
    }
    HttpRequest.Builder copy = HttpRequest.newBuilder(request, (name, value) -> true);
    if (traceparent != null && traced) {
      copy.header(Outgoing.TRACEPARENT, traceparent);
    }
    if (call != null && body != null) {
      copy.method(request.method(), new TeePublisher(body, call, request.headers(), traced));
    }
    return copy.build();
  }

  /** What the application would see in its response without us. */
  static HttpRequest plain(HttpRequest request) {
    return request.bodyPublisher().orElse(null) instanceof TeePublisher tee
        ? HttpRequest.newBuilder(
                request,
                (name, value) -> !tee.traced() || !name.equalsIgnoreCase(Outgoing.TRACEPARENT))
            .method(request.method(), tee.publisher())
            .build()
        : request;
  }
}
