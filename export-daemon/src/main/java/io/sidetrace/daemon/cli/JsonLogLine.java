package io.sidetrace.daemon.cli;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * One JSON object a line: {@code time}, {@code level}, {@code logger}, {@code message}, and {@code
 * error} with the stack trace. Logback's own encoder tells the time as a number only.
 */
final class JsonLogLine extends EncoderBase<ILoggingEvent> {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public byte[] headerBytes() {
    return new byte[0];
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator to = JSON.createGenerator(line)) {
      to.writeStartObject();
      to.writeStringField("time", event.getInstant().toString());
      to.writeStringField("level", event.getLevel().toString());
      to.writeStringField("logger", event.getLoggerName());
      to.writeStringField("message", event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        to.writeStringField("error", ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
      to.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written", e);
    }
    line.write('\n');
    return line.toByteArray();
  }

  @Override
  public byte[] footerBytes() {
    return new byte[0];
  }
}
