package io.sidetrace.instrumentation.javalin;

import io.javalin.http.HandlerType;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.ServerCall;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link JavalinInstrumentation} names. */
public final class JavalinAdvice {
  private static final Property ENDPOINT = new Property("endpoint");
  private static final Property METHOD = new Property("method");
  private static final Property PATH = new Property("path");

  private JavalinAdvice() {}

  /** Filters before and after are endpoints too, and no route. */
  public static void enterHandle(Object parsed) {
    ServerCall call = call();
    if (call != null) {
      Object endpoint = ENDPOINT.of(parsed);
      if (METHOD.of(endpoint) instanceof HandlerType type && type.isHttpMethod()) {
        call.route((String) PATH.of(endpoint));
      }
    }
  }

  public static void enterUncaught(Object mapper, Object handled, Throwable thrown) {
    ServerCall call = call();
    if (call != null) {
      call.error(thrown);
    }
  }

  private static @Nullable ServerCall call() {
    Context context = Context.current();
    return context == null ? null : context.serverCall();
  }
}
