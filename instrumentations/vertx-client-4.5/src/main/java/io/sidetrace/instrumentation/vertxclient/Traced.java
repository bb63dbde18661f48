package io.sidetrace.instrumentation.vertxclient;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** What belongs to one request: its call, and the context of whoever asked for it. */
final class Traced {
  private static final Attachments<HttpClientRequest, Traced> REQUESTS = new Attachments<>();

  private final @Nullable ClientCall call;
  private final @Nullable Context caller;
  private volatile boolean sent;
  private volatile boolean answered;
  private volatile boolean addedHeader;

  /**
   * @param call null: only a {@code traceparent} and the context travel
   */
  private Traced(@Nullable ClientCall call, @Nullable Context caller) {
    this.call = call;
    this.caller = caller;
  }

  static @Nullable Traced begin(RequestOptions options) {
    Context caller = Context.current();
    String method = options.getMethod().name();
    ClientCall call =
        ClientCall.mayBegin(caller, method)
            ? ClientCall.begin(caller, "vertx-client", method, url(options))
            : null;
    return call == null && caller == null ? null : new Traced(call, caller);
  }

  private static String url(RequestOptions options) {
    boolean ssl = Boolean.TRUE.equals(options.isSsl());
    Integer port = options.getPort();
    return (ssl ? "https://" : "http://")
        + (options.getHost() == null ? "localhost" : options.getHost())
        + (port == null ? "" : ":" + port)
        + options.getURI();
  }

  static @Nullable Traced of(HttpClientRequest request) {
    return REQUESTS.isEmpty() ? null : REQUESTS.get(request);
  }

  void attach(HttpClientRequest request) {
    REQUESTS.put(request, this);
    if (call != null) {
      call.endWhenUnreachable(request);
    }
  }

  /** The call goes on with another request. */
  void moveTo(HttpClientRequest request, HttpClientRequest next) {
    REQUESTS.remove(request);
    new Traced(call, caller).attach(next);
  }

  @Nullable ClientCall call() {
    return call;
  }

  @Nullable Context caller() {
    return caller;
  }

  /** Before the first bytes of a request: its head, and the header that we add to it. */
  void send(HttpClientRequest request) {
    if (sent) {
      return;
    }
    sent = true;
    if (call != null) {
      call.requestHead(request.headers()::get);
    }
    String traceparent =
        call != null ? call.traceparent() : caller == null ? null : caller.traceparent();
    if (traceparent != null && !request.headers().contains("traceparent")) {
      request.headers().set("traceparent", traceparent);
      addedHeader = true;
    }
  }

  /** The head was sent long ago, and the application may look at it again. */
  void takeHeaderOff(HttpClientRequest request) {
    if (addedHeader) {
      addedHeader = false;
      request.headers().remove("traceparent");
    }
  }

  void answered(int status, HeaderLookup headers) {
    answered = true;
    if (call != null) {
      call.responseHead(status, headers);
    }
  }

  /** Null before the last answer: what a redirect says belongs to nobody. */
  @Nullable ClientCall answeredCall() {
    return answered ? call : null;
  }
}
