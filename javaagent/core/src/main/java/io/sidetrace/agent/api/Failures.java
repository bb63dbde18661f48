package io.sidetrace.agent.api;

import io.sidetrace.event.Event.Failure;
import org.jspecify.annotations.Nullable;

/** Turns a Throwable of the application into what the event keeps of it, bounded. */
final class Failures {
  private static final int MAX_FRAMES = 24;
  private static final int MAX_CAUSES = 4;
  private static final int MAX_MESSAGE = 2048;

  private Failures() {}

  static @Nullable Failure of(@Nullable Throwable thrown) {
    return thrown == null
        ? null
        : new Failure(thrown.getClass().getName(), message(thrown), stack(thrown));
  }

  private static @Nullable String message(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.length() <= MAX_MESSAGE
        ? message
        : message.substring(0, MAX_MESSAGE) + '…';
  }

  private static String stack(Throwable thrown) {
    StringBuilder stack = new StringBuilder(2048);
    Throwable cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      stack.append(depth == 0 ? "" : "Caused by: ").append(cause.getClass().getName());
      String message = message(cause);
      stack.append(message == null ? "" : ": " + message).append('\n');
      StackTraceElement[] frames = cause.getStackTrace();
      int shown = Math.min(frames.length, MAX_FRAMES);
      for (int i = 0; i < shown; i++) {
        stack.append("\tat ").append(frames[i]).append('\n');
      }
      if (shown < frames.length) {
        stack.append("\t… ").append(frames.length - shown).append(" more\n");
      }
      cause = cause.getCause();
    }
    return stack.toString();
  }
}
