package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.channel.Channel;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.sidetrace.agent.api.Previous;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/** As {@link AnswerAdvice}, of an answer that comes in the frames of HTTP/2. */
public final class Http2Advice {

  private Http2Advice() {}

  public static @Nullable Previous enterRead(
      Object handler, Channel channel, NettyResponseFuture<?> future, Object message) {
    Passage passage = Passage.of(future);
    if (passage == null) {
      return null;
    }
    if (message instanceof Http2DataFrame data) {
      passage.read(data.content(), data.isEndStream());
    } else if (message instanceof Http2HeadersFrame headers) {
      passage.read(null, headers.isEndStream());
    }
    return passage.enterCaller();
  }

  public static void exitRead(@Nullable Previous previous) {
    Previous.restore(previous);
  }
}
