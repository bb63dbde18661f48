package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.FakeLlm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What the providers' servers answer, written after their API references. */
final class Replies {
  private static final Pattern EVENT_END = Pattern.compile("(?<=\n\n)");

  private Replies() {}

  static byte[] read(String name) {
    try (InputStream in = Replies.class.getResourceAsStream("/replies/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  /** The whole reply; events one by one if it is a stream. */
  static FakeLlm.Answer with(String name) {
    byte[] reply = read(name);
    return name.endsWith(".sse")
        ? (request, answer) -> {
          answer.begin(200, "text/event-stream");
          for (String event : EVENT_END.split(new String(reply, StandardCharsets.UTF_8), -1)) {
            answer.write(event.getBytes(StandardCharsets.UTF_8));
          }
        }
        : (request, answer) -> answer.send(200, "application/json", reply);
  }
}
