package io.sidetrace.daemon.export.langfuse;

import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.benchmarks.corpus.Recorder;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.daemon.shape.Shaper;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventFormatException;
import io.sidetrace.event.EventReader;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import io.sidetrace.llm.Exchange;
import io.sidetrace.llm.Generation;
import io.sidetrace.llm.Protocols;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The daemon's work on one request, three events: from its frames to the bytes that are posted. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DaemonBenchmark {
  private static final int REQUESTS = 100;
  private static final String URL = "https://api.openai.com/v1/chat/completions";

  /** What the LLM answers with. */
  public enum Answer {
    PLAIN,
    STREAMED
  }

  @Param public Answer answer = Answer.PLAIN;

  private final EventReader events = new EventReader();
  private final Shaper shaper = new Shaper(new Shaper.Defaults(null, null));
  private Slice frames = Slice.EMPTY;
  private Exchange exchange = Exchange.to(URL).build();
  private List<Observation> batch = List.of();
  private byte[] request = {};

  @Setup
  public void record() throws EventFormatException {
    Conversation conversation =
        answer == Answer.PLAIN ? Conversation.plain(1024, 1024) : Conversation.streamed(1024, 200);
    FrameEncoder encoder = new FrameEncoder();
    for (int i = 0; i < REQUESTS; i++) {
      Recorder.trace(conversation).forEach(frame -> encoder.append(frame, 7));
    }
    frames = Slice.of(encoder.bytes().toBytes());
    exchange =
        Exchange.to(URL)
            .request(conversation.request(), "application/json", null)
            .response(
                conversation.response(),
                answer == Answer.PLAIN ? "application/json" : "text/event-stream",
                null)
            .build();
    batch = shape();
    request = otlpEncode();
  }

  /** Frames found and their checksums taken. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public int frameDecode() {
    FrameReader reader = new FrameReader(frames);
    int bytes = 0;
    for (FrameReader.Item item = reader.next(); item != null; item = reader.next()) {
      bytes += item.bytes().length();
    }
    return bytes;
  }

  /** The same, and the events' JSON read. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public List<Event> eventDecode() throws EventFormatException {
    List<Event> read = new ArrayList<>();
    FrameReader reader = new FrameReader(frames);
    for (FrameReader.Item item = reader.next(); item != null; item = reader.next()) {
      read.add(events.read(((FrameReader.Whole) item).event()));
    }
    return read;
  }

  /** The exchange alone. */
  @Benchmark
  public Generation protocolDecode() {
    return Protocols.decode(exchange);
  }

  /** Frames to observations, with the exchange's decoding. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public List<Observation> shape() throws EventFormatException {
    List<Observation> observations = new ArrayList<>();
    FrameReader reader = new FrameReader(frames);
    for (FrameReader.Item item = reader.next(); item != null; item = reader.next()) {
      FrameReader.Whole whole = (FrameReader.Whole) item;
      observations.add(shaper.shape(events.read(whole.event()), whole.request(), whole.response()));
    }
    return observations;
  }

  /** Observations to a protobuf message. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public byte[] otlpEncode() {
    return encode(batch);
  }

  /** The message packed at the level for servers elsewhere. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public Slice gzip() {
    return Gzip.pack(request, Deflater.BEST_SPEED);
  }

  /** The message in gzip's form, as it is, at the level for a server on this machine. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public Slice gzipStored() {
    return Gzip.pack(request, Deflater.NO_COMPRESSION);
  }

  /** All of it, and gzip. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS)
  public Slice wholePipeline() throws EventFormatException {
    return Gzip.pack(encode(shape()), Deflater.BEST_SPEED);
  }

  private static byte[] encode(List<Observation> observations) {
    return OtlpRequest.of(observations.stream().map(PreparedSpan::of).toList());
  }
}
