package io.sidetrace.benchmarks.micro;

import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.benchmarks.corpus.Recorder;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventFormatException;
import io.sidetrace.event.EventReader;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The three frames of one request: what the agent's drainer writes and the daemon reads. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class FrameBenchmark {

  /** What the LLM answers with. */
  public enum Answer {
    PLAIN,
    STREAMED;

    private Conversation conversation() {
      return this == PLAIN ? Conversation.plain(1024, 1024) : Conversation.streamed(1024, 200);
    }
  }

  @Param public Answer answer = Answer.PLAIN;

  private final FrameEncoder encoder = new FrameEncoder();
  private final EventReader events = new EventReader();
  private List<Frame> frames = List.of();
  private Slice encoded = Slice.EMPTY;

  @Setup
  public void record() {
    frames = Recorder.trace(answer.conversation());
    FrameEncoder once = new FrameEncoder();
    frames.forEach(frame -> once.append(frame, 7));
    encoded = Slice.of(once.bytes().toBytes());
  }

  @Benchmark
  public int encodeThreeFrames() {
    encoder.clear(1 << 20);
    for (Frame frame : frames) {
      encoder.append(frame, 7);
    }
    return encoder.size();
  }

  @Benchmark
  public long decodeThreeFrames() throws EventFormatException {
    FrameReader reader = new FrameReader(encoded);
    long times = 0;
    for (FrameReader.Item item = reader.next(); item != null; item = reader.next()) {
      Event event = events.read(((FrameReader.Whole) item).event());
      times += event.startMicros();
    }
    return times;
  }
}
