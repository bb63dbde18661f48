package io.sidetrace.daemon.cli;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** How log lines on standard error look. {@code logback.xml} has the text that a person reads. */
final class LogFormat {
  private LogFormat() {}

  /**
   * @param format text, json or journal; null: journal where systemd reads the lines, else text
   */
  static void use(@Nullable String format, Map<String, String> environment) {
    boolean journal =
        format == null ? environment.containsKey("JOURNAL_STREAM") : format.equals("journal");
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context
        && context.getLogger("ROOT").getAppender("stderr")
            instanceof ConsoleAppender<ILoggingEvent> appender) {
      if (journal) {
        replace(appender, new JournalLogLine());
      } else if ("json".equals(format)) {
        replace(appender, new JsonLogLine());
      }
    }
  }

  private static void replace(
      ConsoleAppender<ILoggingEvent> appender, Encoder<ILoggingEvent> encoder) {
    encoder.setContext(appender.getContext());
    encoder.start();
    appender.setEncoder(encoder);
  }
}
