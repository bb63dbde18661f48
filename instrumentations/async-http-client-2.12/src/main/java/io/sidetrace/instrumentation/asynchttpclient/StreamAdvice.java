package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.channel.Channel;
import org.asynchttpclient.AsyncHandler;
import org.asynchttpclient.handler.StreamedAsyncHandler;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/** Around the place where an answer's body is given to a subscriber, which version 2 has. */
public final class StreamAdvice {

  private StreamAdvice() {}

  public static @Nullable Passage enter(
      Object httpHandler, Channel channel, NettyResponseFuture<?> future) {
    return Passage.of(future);
  }

  public static AsyncHandler<?> handler(@Nullable Passage passage, AsyncHandler<?> handler) {
    return passage != null && handler instanceof StreamedAsyncHandler<?> streamed
        ? new StreamedHandler<>(streamed, passage)
        : handler;
  }
}
