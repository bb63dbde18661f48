package io.sidetrace.instrumentation.apachehttpclient5;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/** What the classic and the asynchronous client have in common. */
final class Requests {
  private Requests() {}

  /**
   * @param request a copy that the client made, which gets a {@code traceparent} if the
   *     application's has none
   * @return null if there is nothing to do
   */
  static @Nullable Outgoing begin(HttpRequest request, HttpRoute route) {
    Outgoing out =
        Outgoing.begin("apache-httpclient-5", request.getMethod(), () -> url(request, route));
    if (out != null) {
      out.addTraceparent(request::containsHeader, request::setHeader);
    }
    return out;
  }

  private static String url(HttpRequest request, HttpRoute route) {
    Object host =
        request.getAuthority() == null
            ? route.getTargetHost().toHostString()
            : request.getAuthority();
    return request.getScheme() + "://" + host + request.getPath();
  }

  /**
   * @param entity null: the answer has no body
   */
  static void responseHead(ClientCall call, HttpResponse response, @Nullable EntityDetails entity) {
    Header type = response.getFirstHeader("Content-Type");
    call.responseHead(
        response.getCode(),
        type == null ? null : type.getValue(),
        entity == null ? null : entity.getContentEncoding(), // null where the client inflates
        entity == null ? 0 : entity.getContentLength());
  }
}
