package io.sidetrace.instrumentation.reactornetty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.sidetrace.agent.api.ClientCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Around the decoding of each part of an answer, which appends what it finds to a list. */
public final class DecoderAdvice {
  private static final int FIRST_FINAL_STATUS = 200;

  private DecoderAdvice() {}

  /**
   * @param from where in the list the new parts begin
   */
  record Decoding(Traced traced, ClientCall call, List<?> parts, int from) {}

  public static @Nullable Decoding enter(
      Object decoder, ChannelHandlerContext channel, Object bytes, List<?> parts) {
    Traced traced = Traced.of(channel.channel());
    ClientCall call = traced == null ? null : traced.out().call();
    return traced == null || call == null ? null : new Decoding(traced, call, parts, parts.size());
  }

  public static void exit(@Nullable Decoding decoding) {
    if (decoding == null) {
      return;
    }
    for (int i = decoding.from; i < decoding.parts.size(); i++) {
      part(decoding.traced, decoding.call, decoding.parts.get(i));
    }
  }

  private static void part(Traced traced, ClientCall call, Object part) {
    if (part instanceof HttpResponse response && response.status().code() >= FIRST_FINAL_STATUS) {
      call.responseHead(response.status().code(), response.headers()::get);
      traced.answered();
    }
    if (!traced.isAnswered()) {
      return;
    }
    if (part instanceof HttpContent content) {
      Bytes.pass(content.content(), call::responseBytes);
    }
    if (part instanceof LastHttpContent) {
      call.end();
    }
  }

  /** The connection was closed, which is how a body of unknown length ends. */
  public static @Nullable Decoding enterLast(
      Object decoder, ChannelHandlerContext channel, Object bytes, List<?> parts) {
    return enter(decoder, channel, bytes, parts);
  }

  public static void exitLast(@Nullable Decoding decoding) {
    if (decoding != null
        && decoding.parts.size() > decoding.from
        && decoding.parts.get(decoding.parts.size() - 1) instanceof LastHttpContent) {
      decoding.call.end();
    }
  }
}
