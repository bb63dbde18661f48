package io.sidetrace.instrumentation.vertxclient;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.Outgoing;
import io.sidetrace.agent.api.Previous;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.RequestOptions;
import org.jspecify.annotations.Nullable;

/** What belongs to one request. A redirect's has one of its own, with the same call. */
final class Traced {
  private static final Attachments<HttpClientRequest, Traced> REQUESTS = new Attachments<>();

  private final Outgoing out;
  private volatile boolean sent;
  private volatile boolean answered;
  private volatile boolean addedHeader;

  private Traced(Outgoing out) {
    this.out = out;
  }

  static @Nullable Traced begin(RequestOptions options) {
    Outgoing out = Outgoing.begin("vertx-client", options.getMethod().name(), () -> url(options));
    return out == null ? null : new Traced(out);
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
    ClientCall call = out.call();
    if (call != null) {
      call.endWhenUnreachable(request);
    }
  }

  /** The call goes on with another request. */
  void moveTo(HttpClientRequest request, HttpClientRequest next) {
    REQUESTS.remove(request);
    new Traced(out).attach(next);
  }

  Outgoing out() {
    return out;
  }

  /** For the application's handlers. */
  Previous enterCaller() {
    return Previous.attach(out.caller());
  }

  /** Before the first bytes of a request: its head, and the header that we add to it. */
  void send(HttpClientRequest request) {
    if (sent) {
      return;
    }
    sent = true;
    ClientCall call = out.call();
    if (call != null) {
      call.requestHead(request.headers()::get);
    }
    addedHeader = out.addTraceparent(request.headers()::contains, request.headers()::set);
  }

  /** The head was sent long ago, and the application may look at it again. */
  void takeHeaderOff(HttpClientRequest request) {
    if (addedHeader) {
      addedHeader = false;
      request.headers().remove(Outgoing.TRACEPARENT);
    }
  }

  void answered(int status, HeaderLookup headers) {
    answered = true;
    ClientCall call = out.call();
    if (call != null) {
      call.responseHead(status, headers);
    }
  }

  /** Null before the last answer: what a redirect says belongs to nobody. */
  @Nullable ClientCall answeredCall() {
    return answered ? out.call() : null;
  }
}
