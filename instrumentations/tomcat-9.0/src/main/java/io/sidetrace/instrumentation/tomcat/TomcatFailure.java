package io.sidetrace.instrumentation.tomcat;

import io.sidetrace.agent.api.ServerFailures;
import org.apache.catalina.connector.Request;
import org.jspecify.annotations.Nullable;

/** Finds the application's exception among what Tomcat and frameworks wrap around it. */
final class TomcatFailure {

  private TomcatFailure() {}

  /** Of Servlet 5 and later, and of those before. */
  static @Nullable Throwable of(Request request) {
    Object attribute = request.getAttribute("jakarta.servlet.error.exception");
    if (attribute == null) {
      attribute = request.getAttribute("javax.servlet.error.exception");
    }
    Throwable thrown = ServerFailures.ofApplication(attribute);
    return thrown != null && thrown.getCause() != null && isOfDispatch(thrown)
        ? ServerFailures.ofApplication(thrown.getCause())
        : thrown;
  }

  /** AsyncContextImpl throws a bare RuntimeException for what a dispatch threw. */
  private static boolean isOfDispatch(Throwable thrown) {
    if (thrown.getClass() != RuntimeException.class) {
      return false;
    }
    StackTraceElement[] stack = thrown.getStackTrace();
    return stack.length > 0
        && stack[0].getClassName().startsWith("org.apache.catalina.core.AsyncContextImpl");
  }
}
