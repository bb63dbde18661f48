package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Previous;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.asynchttpclient.netty.request.NettyRequest;
import org.asynchttpclient.netty.request.body.NettyBody;
import org.jspecify.annotations.Nullable;

/** Where a call begins, and around each of its requests as it is written. */
public final class RequestAdvice {
  private static final Attachments<NettyRequest, Tee> BODIES = new Attachments<>();

  private RequestAdvice() {}

  public static void begin(@Nullable Object none, @Nullable NettyResponseFuture<?> future) {
    if (future != null) {
      Passage.begin(future);
    }
  }

  public static @Nullable Previous enterWrite(Object sender, NettyResponseFuture<?> future) {
    Passage passage = Passage.of(future);
    if (passage == null) {
      return null;
    }
    NettyRequest request = future.getNettyRequest();
    HttpRequest head = request.getHttpRequest();
    if (!head.method().equals(HttpMethod.CONNECT) && !future.isHeadersAlreadyWrittenOnContinue()) {
      passage.send(head);
      if (passage.call() != null && !(head instanceof FullHttpRequest)) {
        BODIES.put(request, new Tee(passage.call(), future.getCurrentRequest()));
      }
    }
    return passage.enterCaller();
  }

  public static void exitWrite(@Nullable Previous previous) {
    Previous.restore(previous);
  }

  public static @Nullable Tee enterBody(NettyRequest request) {
    return BODIES.isEmpty() ? null : BODIES.get(request);
  }

  public static @Nullable NettyBody exitBody(@Nullable Tee tee, @Nullable NettyBody body) {
    return tee == null || body == null ? body : tee.of(body);
  }
}
