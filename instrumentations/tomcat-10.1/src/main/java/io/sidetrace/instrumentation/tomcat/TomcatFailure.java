package io.sidetrace.instrumentation.tomcat;

import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;

/** Finds the application's exception among what Tomcat and frameworks wrap around it. */
final class TomcatFailure {

  private TomcatFailure() {}

  /**
   * @param attribute {@code jakarta.servlet.error.exception} of a request, whoever set it
   */
  static @Nullable Throwable of(@Nullable Object attribute) {
    if (!(attribute instanceof Throwable thrown)) {
      return null;
    }
    Throwable cause = thrown.getCause();
    return cause != null && (thrown instanceof ServletException || isOfDispatch(thrown))
        ? of(cause)
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
