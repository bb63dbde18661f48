package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.log.Log;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A log whose lines can be read. */
public final class LogLines {
  private final ByteArrayOutputStream lines = new ByteArrayOutputStream();
  private final Log log = new Log(new PrintStream(lines, true, StandardCharsets.UTF_8), false);

  public Log log() {
    return log;
  }

  @Override
  public String toString() {
    return lines.toString(StandardCharsets.UTF_8);
  }
}
