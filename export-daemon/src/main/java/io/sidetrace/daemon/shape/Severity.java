package io.sidetrace.daemon.shape;

import io.sidetrace.event.Event;
import org.jspecify.annotations.Nullable;

/** How bad it was, and why. */
record Severity(Event.Level level, @Nullable String message) {

  /**
   * @param errorFrom the lowest HTTP status that is an error; client errors below it are warnings
   */
  static Severity of(Event event, int errorFrom) {
    Event.Http http = event.http();
    int status = http == null ? 0 : http.status();
    Event.Failure error = event.error();
    Event.Level told = event.level();
    if (error != null) {
      return new Severity(told == null ? Event.Level.ERROR : told, message(error));
    }
    if (status >= 400) {
      Event.Level level = status >= errorFrom ? Event.Level.ERROR : Event.Level.WARNING;
      return new Severity(told == null ? level : told, "HTTP " + status);
    }
    return new Severity(told == null ? Event.Level.DEFAULT : told, null);
  }

  private static String message(Event.Failure error) {
    return error.message() == null ? error.type() : error.type() + ": " + error.message();
  }
}
