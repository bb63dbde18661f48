package io.sidetrace.instrumentation.springwebmvc;

import io.sidetrace.agent.api.ServerCall;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/** The template that matched a request, as a client would see it. */
final class Route {

  private Route() {}

  /** Names the root, unless this is the error page of another route. */
  static void tell(@Nullable ServerCall call, HttpServletRequest request) {
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    if (call != null && pattern != null && request.getDispatcherType() != DispatcherType.ERROR) {
      call.route(prefix(request).concat(pattern.toString()));
    }
  }

  /** What comes before the part that Spring matches: patterns begin behind it. */
  private static String prefix(HttpServletRequest request) {
    String context = request.getContextPath();
    return request.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH
        ? context.concat(request.getServletPath())
        : context;
  }
}
