package io.sidetrace.instrumentation.vertxclient;

import io.netty.buffer.ByteBuf;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** In {@code HttpClientRequestImpl}: what is sent, and the head of what comes. */
public final class RequestAdvice {

  private RequestAdvice() {}

  /**
   * @param bytes a Netty buffer, from 5.1 on one of Vert.x; null: none
   */
  public static void write(HttpClientRequest request, @Nullable Object bytes) {
    Traced traced = Traced.of(request);
    if (traced == null) {
      return;
    }
    traced.send(request);
    ClientCall call = traced.out().call();
    if (call != null && bytes instanceof ByteBuf buffer) {
      for (ByteBuffer part : buffer.nioBuffers()) {
        call.requestBytes(part);
      }
    } else if (call != null && bytes instanceof Buffer buffer) {
      call.requestBytes(ByteBuffer.wrap(buffer.getBytes()));
    }
  }

  /**
   * @param open null unless the answer may lead to another request
   */
  record Answering(
      Traced traced,
      HttpClientResponse response,
      @Nullable Future<?> open,
      @Nullable Context previous) {}

  public static @Nullable Answering enterResponse(
      HttpClientRequest request, Promise<?> promise, HttpClientResponse response) {
    Traced traced = Traced.of(request);
    if (traced == null) {
      return null;
    }
    traced.takeHeaderOff(request);
    boolean open = response.statusCode() / 100 == 3 && request.isFollowRedirects();
    if (!open) {
      traced.answered(response.statusCode(), response.headers()::get);
    }
    Context context = open ? traced.out().inside() : traced.out().caller();
    return new Answering(traced, response, open ? promise.future() : null, Context.attach(context));
  }

  public static void exitResponse(@Nullable Answering answering, @Nullable Throwable thrown) {
    if (answering == null) {
      return;
    }
    Context.restore(answering.previous);
    HttpClientResponse response = answering.response;
    if (answering.open != null && answering.open.isComplete()) { // it led nowhere
      answering.traced.answered(response.statusCode(), response.headers()::get);
    }
  }

  public static void redirect(HttpClientRequest request, HttpClientRequest next) {
    Traced traced = Traced.of(request);
    if (traced != null) {
      traced.moveTo(request, next);
    }
  }

  public static @Nullable Previous enterFailure(HttpClientRequest request) {
    Traced traced = Traced.of(request);
    return traced == null ? null : traced.enterCaller();
  }

  /**
   * @param failure as the application will hear of it, such as a timeout for what it did to the
   *     stream
   */
  public static void fail(HttpClientRequest request, Throwable failure) {
    Traced traced = Traced.of(request);
    if (traced != null) {
      traced.out().end(failure);
    }
  }

  public static void exit(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }

  public static void cancel(HttpClientRequest request) {
    Traced traced = Traced.of(request);
    if (traced != null) {
      traced.out().closedEarly();
    }
  }
}
