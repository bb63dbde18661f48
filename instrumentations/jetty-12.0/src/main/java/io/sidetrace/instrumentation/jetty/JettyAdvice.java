package io.sidetrace.instrumentation.jetty;

import io.sidetrace.agent.api.Context;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link JettyInstrumentation} names. */
public final class JettyAdvice {

  private JettyAdvice() {}

  /** A request begins. */
  public static @Nullable JettyCall enterHandle(Object server, Request request, Response response) {
    JettyCall call = JettyCall.begin(request, response);
    return call != null && call.enter() ? call : null;
  }

  public static void exitHandle(
      @Nullable JettyCall call, boolean handled, @Nullable Throwable thrown) {
    exitDispatch(call, thrown);
  }

  /** A servlet request begins, or goes on after it was asynchronous. */
  public static @Nullable JettyCall enterDispatch(Object channel) {
    JettyCall call = JettyCall.of(ServletChannels.request(channel));
    return call != null && call.enter() ? call : null;
  }

  public static void exitDispatch(@Nullable JettyCall call, @Nullable Throwable thrown) {
    if (call != null) {
      call.leave(thrown);
    }
  }

  /** Work handed to {@code AsyncContext.start}. */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable work) {
    return work == null ? null : Context.wrap(work);
  }

  public static @Nullable JettyCall enterRead(Request request) {
    return JettyCall.of(request);
  }

  public static void exitRead(
      @Nullable JettyCall call, Content.@Nullable Chunk chunk, @Nullable Throwable thrown) {
    if (call != null && chunk != null) {
      call.read(chunk);
    }
  }

  public static void enterWrite(Response response, boolean last, @Nullable ByteBuffer bytes) {
    JettyCall call = JettyCall.of(response.getRequest());
    if (call != null) {
      call.written(response, bytes);
    }
  }
}
