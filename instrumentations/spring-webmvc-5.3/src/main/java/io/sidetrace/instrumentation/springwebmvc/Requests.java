package io.sidetrace.instrumentation.springwebmvc;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerAdapter;

/** What we ask of a request, in the servlet API that Spring was built for: javax before 6. */
interface Requests {
  Requests OF_SPRING = isJavax() ? new JavaxRequests() : new JakartaRequests();

  @Nullable Object attribute(Object request, String name);

  boolean isErrorDispatch(Object request);

  /** What comes before the part that Spring matches: patterns begin behind it. */
  String prefix(Object request);

  private static boolean isJavax() {
    for (Method method : HandlerAdapter.class.getMethods()) {
      if (method.getName().equals("handle")) {
        return method.getParameterTypes()[0].getName().startsWith("javax.");
      }
    }
    throw new IllegalStateException("a Spring that is not known: " + HandlerAdapter.class);
  }
}
