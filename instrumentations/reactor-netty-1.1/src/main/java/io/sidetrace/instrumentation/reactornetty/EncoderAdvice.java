package io.sidetrace.instrumentation.reactornetty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Outgoing;
import org.jspecify.annotations.Nullable;

/** Around the encoding of each part of a request: the last place where all ways to send meet. */
public final class EncoderAdvice {
  private EncoderAdvice() {}

  /**
   * @return headers that were given a {@code traceparent}, which the application is not to see
   */
  public static @Nullable HttpHeaders enter(
      Object encoder, ChannelHandlerContext channel, Object part) {
    Traced traced = Traced.of(channel.channel());
    if (traced == null) {
      return null;
    }
    HttpHeaders added = null;
    ClientCall call = traced.out().call();
    if (part instanceof HttpRequest request) {
      HttpHeaders headers = request.headers();
      if (call != null) {
        call.requestHead(headers::get);
      }
      if (traced.out().addTraceparent(headers::contains, headers::set)) {
        added = headers;
      }
    }
    if (call != null && content(part) instanceof ByteBuf bytes) {
      Bytes.pass(bytes, call::requestBytes);
    }
    return added;
  }

  private static @Nullable Object content(Object part) {
    return part instanceof ByteBufHolder holder ? holder.content() : part;
  }

  public static void exit(@Nullable HttpHeaders added) {
    if (added != null) {
      added.remove(Outgoing.TRACEPARENT);
    }
  }
}
