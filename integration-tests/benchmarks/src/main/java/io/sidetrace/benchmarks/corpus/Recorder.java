package io.sidetrace.benchmarks.corpus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.agent.api.Finished;
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

  private final List<Finished> finished = new ArrayList<>();

  /** From here on calls of this process are recorded here. */
  public Recorder() {
    Origin origin = new Origin("demo", "demo-1-1", "production", "1.0");
    Tracer.install(new Tracer(CaptureSettings.defaults(origin), finished::add));
  }

  /** The frames of one more request: exchange, span, request. */
  public List<Frame> next(Conversation conversation) {
    finished.clear();
    Capture.trace(conversation, QUESTION, ANSWER);
    return finished.stream().map(Finished::frame).toList();
  }

  /** The frames of one request. */
  public static List<Frame> trace(Conversation conversation) {
    return new Recorder().next(conversation);
  }

  /** What the queue is given of one request. */
  public static List<Finished> finished(Conversation conversation) {
    var recorder = new Recorder();
    Capture.trace(conversation, QUESTION, ANSWER);
    return recorder.finished;
  }
}
