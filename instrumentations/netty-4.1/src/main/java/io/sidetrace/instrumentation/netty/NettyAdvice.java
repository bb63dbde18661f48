package io.sidetrace.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamFrame;
import org.jspecify.annotations.Nullable;

/**
 * What runs at the methods that {@link NettyInstrumentation} names. They are hot in every program
 * on Netty, and many of these speak no HTTP, so the first step compares classes: whether an object
 * has an interface takes the JVM longer, most of all if it has not.
 */
public final class NettyAdvice {
  private static final boolean HTTP = isPresent("io.netty.handler.codec.http.HttpServerCodec");
  private static final boolean HTTP_2 =
      isPresent("io.netty.handler.codec.http2.Http2StreamChannel");

  private NettyAdvice() {}

  public static @Nullable NettyCall enterFire(ChannelHandlerContext context, Object message) {
    if (HTTP && NettyConnection.isCodec(context.handler())) {
      return NettyConnection.received(context.channel(), message);
    }
    return HTTP_2
            && message instanceof Http2StreamFrame
            && context.channel() instanceof Http2StreamChannel channel
        ? NettyStreams.received(channel)
        : null;
  }

  public static void exitFire(
      @Nullable NettyCall call, @Nullable Object context, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave();
    }
  }

  public static void enterEncode(Object encoder, ChannelHandlerContext context, Object message) {
    NettyConnection connection = NettyConnection.of(context.channel());
    if (connection == null) {
      return;
    }
    NettyCall upgraded = HTTP_2 ? connection.upgradedBy(message) : null;
    if (upgraded == null) {
      connection.sent(message);
    } else {
      NettyStreams.upgraded(context.channel(), upgraded);
    }
  }

  public static void enterException(ChannelHandlerContext context, Throwable thrown) {
    if (!HTTP) {
      return;
    }
    NettyConnection connection = NettyConnection.of(context.channel());
    if (connection != null) {
      connection.failed(thrown);
    } else if (HTTP_2) {
      NettyCall call = NettyStreams.ofChannel(context.channel());
      if (call != null) {
        call.failed(thrown);
      }
    }
  }

  private static boolean isPresent(String className) {
    try {
      Class.forName(className, false, NettyAdvice.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
