package io.sidetrace.instrumentation.undertow;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import io.undertow.server.HttpServerExchange;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link UndertowInstrumentation} names. */
public final class UndertowAdvice {

  private UndertowAdvice() {}

  /** A request begins, or goes on with another handler on another thread. */
  public static @Nullable UndertowCall enterHandler(Object handler, HttpServerExchange exchange) {
    UndertowCall call = UndertowCall.beginOrOf(exchange);
    return call != null && call.enter() ? call : null;
  }

  public static void exitHandler(@Nullable UndertowCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave();
    }
  }

  /** Who waits for a channel goes on with its request; XNIO calls from outside of it. */
  public static @Nullable UndertowCall enterListener(Channel channel) {
    UndertowCall call = UndertowCall.ofChannel(channel);
    return call != null && call.enter() ? call : null;
  }

  public static void exitListener(
      @Nullable UndertowCall call, boolean called, @Nullable Throwable thrown) {
    exitHandler(call, thrown);
  }

  public static void enterComplete(HttpServerExchange exchange) {
    UndertowCall call = UndertowCall.of(exchange);
    if (call != null) {
      call.over(exchange);
    }
  }

  /** Work dispatched to another thread. */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable work) {
    return work == null ? null : Context.wrap(work);
  }

  /** A handler comes to {@link #enterHandler} again, and its task need not carry anything. */
  public static Previous enterDispatch(HttpServerExchange exchange) {
    return Previous.attach(null);
  }

  public static void exitDispatch(
      @Nullable Previous previous, @Nullable Object exchange, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }

  /** An exception that a servlet let pass. */
  public static void enterThrowable(
      Object handler,
      HttpServerExchange exchange,
      Object request,
      Object response,
      Throwable thrown) {
    UndertowCall call = UndertowCall.of(exchange);
    if (call != null) {
      call.thrown(thrown);
    }
  }

  public static @Nullable UndertowCall ofExchange(HttpServerExchange exchange) {
    return UndertowCall.of(exchange);
  }

  /** Before the channel is made: encoders then add headers of their own. */
  public static @Nullable UndertowCall respond(HttpServerExchange exchange) {
    UndertowCall call = UndertowCall.of(exchange);
    if (call != null) {
      call.responding(exchange);
    }
    return call;
  }

  public static void exitRequestChannel(
      @Nullable UndertowCall call, @Nullable Object channel, @Nullable Throwable thrown) {
    if (call != null && channel != null) {
      call.reads(channel);
    }
  }

  public static void exitResponseChannel(
      @Nullable UndertowCall call, @Nullable Object channel, @Nullable Throwable thrown) {
    if (call != null && channel != null) {
      call.writes(channel);
    }
  }

  public static @Nullable Transfer enterRead(Object channel, ByteBuffer into) {
    return Transfer.of(channel, into);
  }

  public static void exitRead(@Nullable Transfer read, int count, @Nullable Throwable thrown) {
    if (read != null) {
      read.read(count);
    }
  }

  public static @Nullable Transfer enterWrite(Object channel, ByteBuffer bytes) {
    return Transfer.of(channel, bytes);
  }

  public static void exitWrite(@Nullable Transfer write, int count, @Nullable Throwable thrown) {
    exitWriteAll(write, count, thrown);
  }

  public static @Nullable Transfer enterWriteAll(Object channel, ByteBuffer[] bytes) {
    return Transfer.of(channel, bytes);
  }

  public static @Nullable Transfer enterWriteSome(
      Object channel, ByteBuffer[] bytes, int offset, int length) {
    return Transfer.of(channel, Arrays.copyOfRange(bytes, offset, offset + length));
  }

  public static void exitWriteAll(
      @Nullable Transfer write, long count, @Nullable Throwable thrown) {
    if (write != null) {
      write.written(count, thrown);
    }
  }
}
