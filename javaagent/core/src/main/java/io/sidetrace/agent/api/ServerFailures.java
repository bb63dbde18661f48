package io.sidetrace.agent.api;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** What an exception that a server library caught says of the request. */
public final class ServerFailures {
  private static final int MAX_CAUSES = 8;

  private ServerFailures() {}

  /**
   * The application's exception among the wrappers that servlet containers and frameworks put
   * around it.
   *
   * @param thrown what a container keeps as the error's exception; anything else gives null
   */
  public static @Nullable Throwable ofApplication(@Nullable Object thrown) {
    if (!(thrown instanceof Throwable found)) {
      return null;
    }
    for (int depth = 0; depth < MAX_CAUSES; depth++) {
      Throwable cause = found.getCause();
      if (cause == null || !isServletException(found.getClass())) {
        return found;
      }
      found = cause;
    }
    return found;
  }

  /** Whether the socket said it, because the client had left: the application may not know. */
  public static boolean ofClient(@Nullable Throwable thrown) {
    Throwable found = thrown;
    for (int depth = 0; found != null && depth < MAX_CAUSES; depth++) {
      if (found instanceof ClosedChannelException
          || (found instanceof IOException && cameFromSocket(found))) {
        return true;
      }
      found = found.getCause();
    }
    return false;
  }

  private static boolean cameFromSocket(Throwable thrown) {
    StackTraceElement[] stack = thrown.getStackTrace();
    return stack.length > 0 && stack[0].getClassName().startsWith("sun.nio.ch.");
  }

  /** By name: there are two APIs, and most applications have none. */
  private static boolean isServletException(Class<?> type) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      String name = c.getName();
      if (name.equals("jakarta.servlet.ServletException")
          || name.equals("javax.servlet.ServletException")) {
        return true;
      }
    }
    return false;
  }
}
