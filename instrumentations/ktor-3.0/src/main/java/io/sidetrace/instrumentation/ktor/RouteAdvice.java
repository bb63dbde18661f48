package io.sidetrace.instrumentation.ktor;

import io.ktor.server.routing.RoutingNode;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.ServerCall;
import org.jspecify.annotations.Nullable;

/**
 * What runs at the methods that {@link KtorInstrumentation} names. Both suspend, and have no
 * arguments when they go on.
 */
public final class RouteAdvice {

  private RouteAdvice() {}

  public static void enterRoute(
      Object root, @Nullable Object pipeline, @Nullable RoutingNode route) {
    ServerCall call = call();
    if (call != null && route != null) {
      call.route(path(route.toString()));
    }
  }

  public static void enterFailure(@Nullable Object applicationCall, @Nullable Throwable thrown) {
    ServerCall call = call();
    if (call != null) {
      call.error(thrown);
    }
  }

  /**
   * @param route {@code /chats/{id}/(method:GET)}: what is in parentheses selects, and is no path
   */
  private static String path(String route) {
    var path = new StringBuilder();
    for (String part : route.split("/", -1)) {
      if (!part.isEmpty() && part.charAt(0) != '(') {
        path.append('/').append(part);
      }
    }
    return path.isEmpty() ? "/" : path.toString();
  }

  private static @Nullable ServerCall call() {
    Context context = Context.current();
    return context == null ? null : context.serverCall();
  }
}
