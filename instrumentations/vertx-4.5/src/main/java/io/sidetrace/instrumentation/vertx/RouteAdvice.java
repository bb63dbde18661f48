package io.sidetrace.instrumentation.vertx;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.ServerCall;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** What runs at a route's handler: the last one that has a whole path names the root. */
public final class RouteAdvice {

  private RouteAdvice() {}

  public static void enterHandle(Object state, RoutingContext routing) {
    Context context = Context.current();
    ServerCall call = context == null ? null : context.serverCall();
    Route route = routing.currentRoute();
    String path = route == null ? null : route.getPath();
    if (call != null && path != null && route.isExactPath()) {
      String mount = routing.mountPoint();
      call.route(mount == null || mount.equals("/") ? path : join(mount, path));
    }
  }

  public static void enterFail(Object routing, int status, @Nullable Throwable thrown) {
    Context context = Context.current();
    ServerCall call = context == null ? null : context.serverCall();
    if (call != null) {
      call.error(thrown);
    }
  }

  private static String join(String mount, String path) {
    return mount.endsWith("/") ? mount.concat(path.substring(1)) : mount.concat(path);
  }
}
