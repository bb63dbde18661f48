package io.sidetrace.instrumentation.springwebmvc;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.MethodName;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.Span;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.async.WebAsyncManager;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;

/** What runs around controllers. */
public final class ControllerAdvice {

  private ControllerAdvice() {}

  /**
   * A controller's method is called; or, in the dispatch that ends an asynchronous request, its
   * result is looked at.
   *
   * @return the span; in that dispatch the server call, which an exception then belongs to
   */
  public static @Nullable Object enterMethod(
      Object adapter, Object request, Object response, HandlerMethod handler) {
    Context context = Context.current();
    if (context == null) {
      return null;
    }
    ServerCall call = context.serverCall();
    Route.tell(call, request);
    Object asynchronous =
        Requests.OF_SPRING.attribute(request, WebAsyncUtils.WEB_ASYNC_MANAGER_ATTRIBUTE);
    return asynchronous instanceof WebAsyncManager manager && manager.hasConcurrentResult()
        ? call
        : Span.begin(name(handler), "span");
  }

  public static void exitMethod(
      @Nullable Object token, @Nullable Object result, @Nullable Throwable thrown) {
    if (token instanceof Span span) {
      span.end(thrown);
    } else if (token instanceof ServerCall call) {
      call.error(thrown);
    }
  }

  /** A functional endpoint has no name of its own, but a route. */
  public static void enterFunction(Object adapter, Object request) {
    Context context = Context.current();
    if (context != null) {
      Route.tell(context.serverCall(), request);
    }
  }

  /** The class as it was written: Spring looks behind CGLIB's, we behind JDK proxies. */
  private static MethodName name(HandlerMethod handler) {
    Method method = handler.getMethod();
    Class<?> type = handler.getBeanType();
    if (type.getSuperclass() == Proxy.class) { // isProxyClass would ask a map of its loader
      type = method.getDeclaringClass();
    }
    return new MethodName(type, method);
  }
}
