package io.sidetrace.instrumentation.jdkhttpserver;

import com.sun.net.httpserver.HttpExchange;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link JdkHttpServerInstrumentation} names. */
public final class JdkHttpServerAdvice {

  private JdkHttpServerAdvice() {}

  /** The first chain of an exchange is around all filters; those inside find the call begun. */
  public static @Nullable JdkHttpServerCall enterFilter(Object chain, HttpExchange exchange) {
    JdkHttpServerCall call = JdkHttpServerCall.begin(exchange);
    return call != null && call.enter() ? call : null;
  }

  public static void exitFilter(@Nullable JdkHttpServerCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave(thrown);
    }
  }

  public static @Nullable JdkHttpServerCall enterSend(
      HttpExchange exchange, int status, long length) {
    JdkHttpServerCall call = JdkHttpServerCall.of(exchange);
    if (call != null) {
      call.sending(exchange, status, length);
    }
    return call;
  }

  public static void exitSend(@Nullable JdkHttpServerCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.sent(thrown);
    }
  }

  public static @Nullable JdkHttpServerCall enterClose(HttpExchange exchange) {
    return JdkHttpServerCall.of(exchange);
  }

  public static void exitClose(@Nullable JdkHttpServerCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.over(thrown);
    }
  }

  public static @Nullable JdkHttpServerCall enterReadByte(InputStream in) {
    return JdkHttpServerCall.of(in);
  }

  public static void exitReadByte(
      @Nullable JdkHttpServerCall call, int value, @Nullable Throwable thrown) {
    if (call != null && thrown == null && value >= 0) {
      call.readByte(value);
    }
  }

  public static @Nullable JdkHttpServerCall enterRead(InputStream in, byte[] bytes, int offset) {
    JdkHttpServerCall call = JdkHttpServerCall.of(in);
    if (call != null) {
      call.reading(bytes, offset);
    }
    return call;
  }

  public static void exitRead(
      @Nullable JdkHttpServerCall call, int count, @Nullable Throwable thrown) {
    if (call != null) {
      call.read(count);
    }
  }

  public static @Nullable JdkHttpServerCall enterWriteByte(OutputStream out, int value) {
    JdkHttpServerCall call = JdkHttpServerCall.of(out);
    if (call != null) {
      call.writeByte(value);
    }
    return call;
  }

  public static @Nullable JdkHttpServerCall enterWriteAll(OutputStream out, byte[] bytes) {
    return enterWrite(out, bytes, 0, bytes.length);
  }

  public static @Nullable JdkHttpServerCall enterWrite(
      OutputStream out, byte[] bytes, int offset, int length) {
    JdkHttpServerCall call = JdkHttpServerCall.of(out);
    if (call != null) {
      call.write(bytes, offset, length);
    }
    return call;
  }

  public static @Nullable JdkHttpServerCall enterFlush(OutputStream out) {
    return JdkHttpServerCall.of(out);
  }

  public static void exitWrite(@Nullable JdkHttpServerCall call, @Nullable Throwable thrown) {
    if (call != null && thrown != null) {
      call.failed(thrown);
    }
  }

  public static @Nullable JdkHttpServerCall enterCloseBody(OutputStream out) {
    return JdkHttpServerCall.of(out);
  }

  public static void exitCloseBody(@Nullable JdkHttpServerCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.bodyClosed(thrown);
    }
  }
}
