package io.sidetrace.instrumentation.springwebmvc;

import io.sidetrace.agent.api.ServerCall;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/** The template that matched a request, as a client would see it. */
final class Route {

  private Route() {}

  /** Names the root, unless this is the error page of another route. */
  static void tell(@Nullable ServerCall call, Object request) {
    Requests requests = Requests.OF_SPRING;
    Object pattern = requests.attribute(request, HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (call != null && pattern != null && !requests.isErrorDispatch(request)) {
      call.route(requests.prefix(request).concat(pattern.toString()));
    }
  }
}
