package io.sidetrace.instrumentation.tomcat;

import io.sidetrace.agent.api.Context;
import java.nio.ByteBuffer;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketEvent;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link TomcatInstrumentation} names. */
public final class TomcatAdvice {

  private TomcatAdvice() {}

  /** A request begins. */
  public static @Nullable TomcatCall enterService(
      Object adapter, Request request, Response response) {
    TomcatCall call = TomcatCall.begin(request, response);
    return call != null && call.enter() ? call : null;
  }

  public static void exitService(@Nullable TomcatCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave(thrown);
    }
  }

  /** A request in asynchronous mode goes on or ends: dispatch, complete, timeout, error, I/O. */
  public static @Nullable TomcatCall enterAsyncDispatch(
      Object adapter, Request request, Response response, SocketEvent event) {
    TomcatCall call = TomcatCall.of(request);
    if (call != null && (event == SocketEvent.ERROR || event == SocketEvent.DISCONNECT)) {
      call.connectionBroke();
    }
    return call != null && call.enter() ? call : null;
  }

  public static void exitAsyncDispatch(
      @Nullable TomcatCall call, boolean result, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave(thrown);
    }
  }

  /** The request is over, says Tomcat, and forgets its attributes now. */
  public static void enterRecycle(org.apache.catalina.connector.Request request) {
    TomcatCall call = TomcatCall.of(request.getCoyoteRequest());
    if (call != null) {
      call.recycled(request);
    }
  }

  /** Work handed to {@code AsyncContext.start}. */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable work) {
    return work == null ? null : Context.wrap(work);
  }

  public static @Nullable TomcatCall enterRead(Request request, ApplicationBufferHandler buffer) {
    TomcatCall call = TomcatCall.of(request);
    if (call != null) {
      call.reading(buffer);
    }
    return call;
  }

  public static void exitRead(@Nullable TomcatCall call, int count, @Nullable Throwable thrown) {
    if (call != null) {
      call.read(count);
    }
  }

  /**
   * The head goes out, perhaps before the first byte of the body: the last moment that the
   * application's Content-Encoding stands there and not Tomcat's own.
   */
  public static void enterAction(Response response, ActionCode code) {
    if (code == ActionCode.COMMIT) {
      TomcatCall call = TomcatCall.of(response.getRequest());
      if (call != null) {
        call.responseHead();
      }
    }
  }

  /** Here the bytes are as the application wrote them, before Tomcat compresses them. */
  public static void enterWrite(Response response, ByteBuffer bytes) {
    TomcatCall call = TomcatCall.of(response.getRequest());
    if (call != null) {
      call.written(bytes);
    }
  }
}
