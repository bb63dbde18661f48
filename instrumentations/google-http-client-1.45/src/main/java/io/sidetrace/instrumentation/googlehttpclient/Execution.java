package io.sidetrace.instrumentation.googlehttpclient;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpResponse;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import org.jspecify.annotations.Nullable;

/**
 * One {@code execute}, in which this thread makes one attempt after another. An attempt that is
 * redirected, or fails and is repeated, goes on in the same call; an answer takes its call along.
 */
final class Execution {
  private static final ThreadLocal<@Nullable Execution> CURRENT = new ThreadLocal<>();

  private final HttpRequest request;

  /** An interceptor or a handler may make a call of its own, such as for a token. */
  private final @Nullable Execution around = CURRENT.get();

  private final @Nullable Context caller = Context.current();

  /** Of an attempt that has no answer yet. */
  private @Nullable ClientCall call;

  private boolean redirected;

  private Execution(HttpRequest request) {
    this.request = request;
  }

  static Execution begin(HttpRequest request) {
    Execution execution = new Execution(request);
    CURRENT.set(execution);
    return execution;
  }

  static @Nullable Execution current() {
    return CURRENT.get();
  }

  /** Leaves the thread as it was. */
  void leave() {
    CURRENT.set(around);
    Context.restore(caller);
  }

  void end(@Nullable Throwable thrown) {
    if (call != null) {
      call.end(thrown);
    }
  }

  /**
   * What the transport does for the attempt, it does inside the call: if it is one we know, it does
   * not capture the call again, and sends its {@code traceparent}.
   */
  @Nullable ClientCall attempt() {
    redirected = false;
    if (call == null) {
      Outgoing out =
          Outgoing.begin(
              "google-http-client", request.getRequestMethod(), () -> request.getUrl().build());
      call = out == null ? null : out.call();
      if (call != null) {
        Context.attach(call.context());
      }
    }
    return call;
  }

  void redirected() {
    redirected = true;
  }

  boolean isRedirected() {
    return redirected;
  }

  /**
   * The call that this is the answer of, and its own from now on: an attempt after it is another.
   */
  @Nullable ClientCall answeredBy(HttpResponse response) {
    if (response.getRequest() != request) {
      return null;
    }
    ClientCall answered = call;
    call = null;
    Context.restore(caller);
    return answered;
  }
}
