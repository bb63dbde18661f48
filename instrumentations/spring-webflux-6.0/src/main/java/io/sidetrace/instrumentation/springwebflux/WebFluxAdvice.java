package io.sidetrace.instrumentation.springwebflux;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.ServerCall;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * What runs around exchanges. An exchange is decorated by filters and handled on any thread, but
 * all share its map of attributes, so the call is attached to that.
 */
public final class WebFluxAdvice {
  private static final Attachments<Map<String, Object>, ServerCall> CALLS = new Attachments<>();

  private WebFluxAdvice() {}

  /** On the server's thread. */
  public static void exitCreate(
      @Nullable Object token, @Nullable ServerWebExchange exchange, @Nullable Throwable thrown) {
    Context context = Context.current();
    ServerCall call = context == null ? null : context.serverCall();
    if (call != null && exchange != null) {
      CALLS.put(exchange.getAttributes(), call);
    }
  }

  /** A controller or a functional endpoint was found. */
  public static void enterHandle(Object adapter, ServerWebExchange exchange) {
    ServerCall call = CALLS.get(exchange.getAttributes());
    if (call != null) {
      Object pattern = exchange.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
      if (pattern != null) {
        String prefix = exchange.getRequest().getPath().contextPath().value();
        call.route(prefix.concat(pattern.toString()));
      }
    }
  }

  /** No controller made an answer of the exception. */
  public static void enterFailure(Object handler, ServerWebExchange exchange, Throwable thrown) {
    ServerCall call = CALLS.get(exchange.getAttributes());
    if (call != null && !saysWhatTheCallerDidWrong(thrown)) {
      call.error(thrown);
    }
  }

  /** A path that nobody serves, a body that can't be read, a status the application threw. */
  private static boolean saysWhatTheCallerDidWrong(Throwable thrown) {
    return thrown instanceof ErrorResponse answer && answer.getStatusCode().is4xxClientError();
  }
}
