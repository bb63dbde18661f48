package io.sidetrace.instrumentation.springwebmvc;

import javax.servlet.DispatcherType;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.MappingMatch;
import org.jspecify.annotations.Nullable;

/** Servlet 4. */
final class JavaxRequests implements Requests {

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
