package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.ClientCall;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way through OkHttp: the request that goes instead of the application's, and the
 * response as the application would have got it without us.
 *
 * @param clientCall null: only a {@code traceparent} travels
 * @param traced whether {@code outgoing} carries a {@code traceparent} of ours
 */
record Passage(
    Request original, Request outgoing, @Nullable ClientCall clientCall, boolean traced) {

  private static final String TRACEPARENT = "traceparent";

  static Passage of(
      Request original, @Nullable ClientCall clientCall, @Nullable String traceparent) {
    Request.Builder outgoing = original.newBuilder();
    boolean traced = traceparent != null && original.header(TRACEPARENT) == null;
    if (traceparent != null && traced) {
      outgoing.header(TRACEPARENT, traceparent);
    }
    RequestBody body = original.body();
    if (clientCall != null && body != null && !body.isDuplex()) {
      String encoding = original.header("Content-Encoding");
      outgoing.method(original.method(), new TeeRequestBody(body, clientCall, encoding));
    }
    return new Passage(original, outgoing.build(), clientCall, traced);
  }

  Response incoming(Response response) {
    Response.Builder plain = plain(response);
    Response network = response.networkResponse();
    if (network != null) {
      plain.networkResponse(plain(network).build());
    }
    ResponseBody body = response.body();
    if (clientCall != null && body != null) {
      clientCall.responseHead(
          response.code(),
          response.header("Content-Type"),
          response.header("Content-Encoding"), // gone where OkHttp inflated the body
          body.contentLength());
      plain.body(new TeeResponseBody(body, clientCall));
    }
    return plain.build();
  }

  /** With the application's requests, its redirects' as well. */
  private Response.Builder plain(Response response) {
    Response.Builder plain = response.newBuilder().request(plain(response.request()));
    Response prior = response.priorResponse();
    return prior == null ? plain : plain.priorResponse(plain(prior).build());
  }

  private Request plain(Request request) {
    if (request == outgoing) {
      return original;
    }
    Request.Builder plain = request.newBuilder();
    if (request.body() instanceof TeeRequestBody tee) {
      plain.method(request.method(), tee.body());
    }
    return (traced ? plain.removeHeader(TRACEPARENT) : plain).build();
  }
}
