package io.sidetrace.benchmarks.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event.Origin;
import io.sidetrace.event.Frame;
import java.util.ArrayList;
import java.util.List;

/** Makes frames the way the agent does: through its call APIs. */
public final class Recorder {
  private static final byte[] QUESTION =
      ("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "How are you? ".repeat(45) + "\"}]}")
          .getBytes(UTF_8);

  private static final byte[] ANSWER =
      ("{\"model\":\"gpt-4o-mini\",\"content\":\"" + "Very well indeed. ".repeat(30) + "\"}")
          .getBytes(UTF_8);

  private final List<Frame> frames = new ArrayList<>();

  /** From here on calls of this process are recorded here. */
  public Recorder() {
    Origin origin = new Origin("demo", "demo-1-1", "production", "1.0");
    Tracer.install(
        new Tracer(CaptureSettings.defaults(origin), finished -> frames.add(finished.frame())));
  }

  /** The frames of one more request: exchange, span, request. Valid until the next call. */
  public List<Frame> next(Conversation conversation) {
    frames.clear();
    Capture.trace(conversation, QUESTION, ANSWER);
    return frames;
  }

  /** The frames of one request. */
  public static List<Frame> trace(Conversation conversation) {
    return List.copyOf(new Recorder().next(conversation));
  }
}
