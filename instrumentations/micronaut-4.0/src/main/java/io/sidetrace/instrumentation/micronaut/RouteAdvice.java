package io.sidetrace.instrumentation.micronaut;

import io.micronaut.web.router.UriRouteMatch;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.ServerCall;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link MicronautInstrumentation} names. */
public final class RouteAdvice {

  private RouteAdvice() {}

  /** The methods that make an answer of an error are routes too, without a template. */
  public static void enterCall(Object executor, @Nullable Object propagated, Object match) {
    ServerCall call = call();
    if (call != null && match instanceof UriRouteMatch<?, ?> route) {
      call.route(route.getRouteInfo().getUriMatchTemplate().toPathString());
    }
  }

  public static void enterFailure(Object executor, Object request, @Nullable Throwable thrown) {
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
