package io.sidetrace.daemon.doctor;

/**
 * What a check found.
 *
 * @param subject what was looked at, such as {@code redis}
 * @param advice what to do; empty if nothing
 */
public record Finding(Level level, String subject, String what, String advice) {

  /** How bad it is. Only {@link #FAIL} keeps events from being exported or safe. */
  public enum Level {
    OK,
    WARN,
    FAIL
  }

  static Finding ok(String subject, String what) {
    return new Finding(Level.OK, subject, what, "");
  }

  static Finding warn(String subject, String what, String advice) {
    return new Finding(Level.WARN, subject, what, advice);
  }

  static Finding fail(String subject, String what, String advice) {
    return new Finding(Level.FAIL, subject, what, advice);
  }
}
