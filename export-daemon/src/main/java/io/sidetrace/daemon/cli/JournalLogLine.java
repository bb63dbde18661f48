package io.sidetrace.daemon.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.nio.charset.StandardCharsets;

/**
 * Lines for systemd's journal, which has its own clock and takes the level from a number in front
 * of each line, see sd-daemon(3).
 */
final class JournalLogLine extends EncoderBase<ILoggingEvent> {
  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String level = level(event.getLevel());
    String text = event.getFormattedMessage();
    if (event.getThrowableProxy() != null) {
      text += "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy()).strip();
    }
    return (level + text.replace("\n", "\n" + level) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static String level(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> "<3>";
      case Level.WARN_INT -> "<4>";
      case Level.INFO_INT -> "<6>";
      default -> "<7>";
    };
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
