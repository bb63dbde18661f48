package io.sidetrace.instrumentation.jetty9;

import io.sidetrace.agent.api.Context;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpChannel;
import org.eclipse.jetty.server.HttpInput;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link Jetty9Instrumentation} names. */
public final class Jetty9Advice {

  private Jetty9Advice() {}

  /** A request begins, or is dispatched again: asynchronously, or to an error page. */
  public static @Nullable Jetty9Call enterHandle(Object server, HttpChannel channel) {
    Jetty9Call call = Jetty9Call.of(channel);
    if (call == null) {
      call = Jetty9Call.begin(channel);
    }
    return call != null && call.enter() ? call : null;
  }

  public static void exitHandle(@Nullable Jetty9Call call, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave(thrown);
    }
  }

  /** The channel goes on with a request: a dispatch, a listener, a read or write that can be. */
  public static @Nullable Jetty9Call enterChannel(HttpChannel channel) {
    Jetty9Call call = Jetty9Call.of(channel);
    return call != null && call.enter() ? call : null;
  }

  public static void exitChannel(
      @Nullable Jetty9Call call, boolean going, @Nullable Throwable thrown) {
    exitHandle(call, thrown);
  }

  public static void enterSend(
      HttpChannel channel, MetaData.@Nullable Response head, @Nullable ByteBuffer bytes) {
    Jetty9Call call = Jetty9Call.of(channel);
    if (call != null && (head == null || !isInformation(head.getStatus()))) {
      call.sent(channel.getResponse(), bytes);
    }
  }

  /** Jetty gives the connection up. */
  public static void enterAbort(HttpChannel channel, Throwable failure) {
    Jetty9Call call = Jetty9Call.of(channel);
    if (call != null) {
      call.aborted(failure);
    }
  }

  /** The one place that every request comes to; the channel is then used for the next. */
  public static void enterCompleted(HttpChannel channel) {
    Jetty9Call call = Jetty9Call.remove(channel);
    if (call != null) {
      call.completed(channel);
    }
  }

  public static @Nullable Read enterRead(HttpInput input, byte[] bytes, int offset) {
    Jetty9Call call = Jetty9Call.of(input);
    return call == null ? null : new Read(call, bytes, offset);
  }

  public static void exitRead(@Nullable Read read, int count, @Nullable Throwable thrown) {
    if (read != null && count > 0) {
      read.call.read(read.bytes, read.offset, count);
    }
  }

  /** Work handed to {@code AsyncContext.start}. */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable work) {
    return work == null ? null : Context.wrap(work);
  }

  /** {@code 100 Continue} is not the answer, {@code 101 Switching Protocols} is. */
  private static boolean isInformation(int status) {
    return status < 200 && status != 101;
  }

  /** A read under way. */
  record Read(Jetty9Call call, byte[] bytes, int offset) {}
}
