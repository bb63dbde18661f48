package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** What the classic and the asynchronous client have in common. */
final class Requests {
  private static final String TRACEPARENT = "traceparent";

  private Requests() {}

  /**
   * @param request a copy that the client made, which gets a {@code traceparent} if the
   *     application's has none
   * @return null: no call of ours, or one inside of it
   */
  static @Nullable ClientCall begin(
      @Nullable Context caller, HttpRequest request, HttpRoute route) {
    ClientCall call =
        ClientCall.mayBegin(caller, request.getMethod())
            ? ClientCall.begin(
                caller, "apache-httpclient-5", request.getMethod(), url(request, route))
            : null;
    propagate(
        request, call != null ? call.traceparent() : caller == null ? null : caller.traceparent());
    return call;
  }

  private static String url(HttpRequest request, HttpRoute route) {
    Object host =
        request.getAuthority() == null
            ? route.getTargetHost().toHostString()
            : request.getAuthority();
    return request.getScheme() + "://" + host + request.getPath();
  }

  static void propagate(HttpRequest request, @Nullable String traceparent) {
    if (traceparent != null && !request.containsHeader(TRACEPARENT)) {
      request.setHeader(TRACEPARENT, traceparent);
    }
  }
}
