package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.Outgoing;
import io.sidetrace.agent.api.Previous;
import org.asynchttpclient.Request;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/** One call on its way through the client, attached to the future that all its attempts share. */
final class Passage {
  private static final Attachments<NettyResponseFuture<?>, Passage> FUTURES = new Attachments<>();

  private final Outgoing out;
  private volatile boolean answered;
  private volatile boolean whole;
  private volatile boolean streamed;

  private Passage(Outgoing out) {
    this.out = out;
  }

  /** On the caller's thread, before the request is sent. */
  static void begin(NettyResponseFuture<?> future) {
    Request request = future.getCurrentRequest();
    Outgoing out = Outgoing.begin("async-http-client", request.getMethod(), request::getUrl);
    if (out != null) {
      FUTURES.put(future, new Passage(out));
      if (out.call() != null) {
        out.call().endWhenUnreachable(future);
      }
    }
  }

  static @Nullable Passage of(NettyResponseFuture<?> future) {
    return FUTURES.isEmpty() ? null : FUTURES.get(future);
  }

  @Nullable ClientCall call() {
    return out.call();
  }

  @Nullable Context caller() {
    return out.caller();
  }

  /** For the application's callbacks. */
  Previous enterCaller() {
    return Previous.attach(out.caller());
  }

  /** An attempt: what was sent and answered before belongs to nobody. */
  void send(HttpRequest request) {
    answered = false;
    whole = false;
    out.addTraceparent(
        name -> request.headers().contains(name),
        (name, value) -> request.headers().set(name, value));
    ClientCall call = out.call();
    if (call != null) {
      call.requestHead(request.headers()::get);
      if (request instanceof FullHttpRequest full) {
        Bytes.each(full.content(), call::requestBytes);
      }
    }
  }

  void answered(int status, HeaderLookup headers) {
    answered = true;
    ClientCall call = out.call();
    if (call != null) {
      call.responseHead(status, headers);
    }
  }

  /**
   * A part of an answer, unless it led to another request or is given to a subscriber.
   *
   * @param bytes null: none
   */
  void read(@Nullable ByteBuf bytes, boolean last) {
    ClientCall call = answered && !streamed ? out.call() : null;
    if (call != null && bytes != null) {
      Bytes.each(bytes, call::responseBytes);
    }
    if (last) {
      whole = true;
    }
  }

  /** From now on the body is given to a subscriber, and the call ends with that. */
  void stream() {
    streamed = true;
  }

  /** The future has its result, if only because the application wants no more. */
  void done() {
    if (!streamed && whole) {
      completed();
    } else if (!streamed) {
      cancelled();
    }
  }

  void completed() {
    out.end(null);
  }

  void failed(Throwable failure) {
    out.end(failure);
  }

  void cancelled() {
    out.closedEarly();
  }
}
