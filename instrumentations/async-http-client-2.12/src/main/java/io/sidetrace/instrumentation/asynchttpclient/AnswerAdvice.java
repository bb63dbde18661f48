package io.sidetrace.instrumentation.asynchttpclient;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.LastHttpContent;
import io.sidetrace.agent.api.Previous;
import org.asynchttpclient.HttpResponseStatus;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/** Around the reading of an answer, inside which the application's handler hears of it. */
public final class AnswerAdvice {

  private AnswerAdvice() {}

  /** Copies first: the application may release what it is given. */
  public static @Nullable Previous enterRead(
      Object handler, Channel channel, NettyResponseFuture<?> future, Object message) {
    Passage passage = Passage.of(future);
    if (passage == null) {
      return null;
    }
    passage.read(
        message instanceof HttpContent content ? content.content() : null,
        message instanceof LastHttpContent);
    return passage.enterCaller();
  }

  public static void exitRead(@Nullable Previous previous) {
    Previous.restore(previous);
  }

  record Head(Passage passage, int status, HttpHeaders headers) {}

  public static @Nullable Head enterHead(
      Object interceptors,
      Channel channel,
      NettyResponseFuture<?> future,
      Object handler,
      Object response,
      HttpResponseStatus status,
      HttpHeaders headers) {
    Passage passage = Passage.of(future);
    return passage == null ? null : new Head(passage, status.getStatusCode(), headers);
  }

  /**
   * @param elsewhere the answer leads to another request
   */
  public static void exitHead(@Nullable Head head, boolean elsewhere, @Nullable Throwable thrown) {
    if (head != null && !elsewhere && thrown == null) {
      head.passage.answered(head.status, head.headers::get);
    }
  }
}
