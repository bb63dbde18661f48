package io.sidetrace.instrumentation.springwebmvc;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/** Servlet 5 and later. */
final class JakartaRequests implements Requests {

  @Override
  public @Nullable Object attribute(Object request, String name) {
    return ((HttpServletRequest) request).getAttribute(name);
  }

  @Override
  public boolean isErrorDispatch(Object request) {
    return ((HttpServletRequest) request).getDispatcherType() == DispatcherType.ERROR;
  }

  @Override
  public String prefix(Object request) {
    var http = (HttpServletRequest) request;
    String context = http.getContextPath();
    return http.getHttpServletMapping().getMappingMatch() == MappingMatch.PATH
        ? context.concat(http.getServletPath())
        : context;
  }
}
