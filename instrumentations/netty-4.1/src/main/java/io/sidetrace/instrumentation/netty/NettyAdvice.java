package io.sidetrace.instrumentation.netty;

import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * What runs at the methods that {@link NettyInstrumentation} names. They are hot in every program
 * on Netty, and many of these speak no HTTP, so the first step is one comparison.
 */
public final class NettyAdvice {
  private static final boolean HTTP = isPresent("io.netty.handler.codec.http.HttpServerCodec");

  private NettyAdvice() {}

  public static @Nullable NettyCall enterFire(ChannelHandlerContext context, Object message) {
    return HTTP ? NettyConnection.received(context, message) : null;
  }

  public static void exitFire(
      @Nullable NettyCall call, @Nullable Object context, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave();
    }
  }

  public static void enterEncode(Object encoder, ChannelHandlerContext context, Object message) {
    NettyConnection connection = NettyConnection.of(context.channel());
    if (connection != null) {
      connection.sent(message);
    }
  }

  public static void enterException(ChannelHandlerContext context, Throwable thrown) {
    if (HTTP) {
      NettyConnection connection = NettyConnection.of(context.channel());
      if (connection != null) {
        connection.failed(thrown);
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
