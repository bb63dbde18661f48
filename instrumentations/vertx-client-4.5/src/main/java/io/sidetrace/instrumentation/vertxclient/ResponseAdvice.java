package io.sidetrace.instrumentation.vertxclient;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Previous;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** In {@code HttpClientResponseImpl}: a body as its reader is given it, in the caller's context. */
public final class ResponseAdvice {

  private ResponseAdvice() {}

  public static @Nullable Previous chunk(HttpClientResponse response, Buffer chunk) {
    Traced traced = Traced.of(response.request());
    if (traced == null) {
      return null;
    }
    ClientCall call = traced.answeredCall();
    if (call != null) {
      call.responseBytes(ByteBuffer.wrap(chunk.getBytes()));
    }
    return traced.enterCaller();
  }

  public static @Nullable Previous end(HttpClientResponse response) {
    return ended(response, null);
  }

  public static @Nullable Previous fail(HttpClientResponse response, Throwable failure) {
    return ended(response, failure);
  }

  private static @Nullable Previous ended(
      HttpClientResponse response, @Nullable Throwable failure) {
    Traced traced = Traced.of(response.request());
    if (traced == null) {
      return null;
    }
    ClientCall call = traced.answeredCall();
    if (call != null) {
      call.end(failure);
    }
    return traced.enterCaller();
  }

  public static void exit(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }
}
