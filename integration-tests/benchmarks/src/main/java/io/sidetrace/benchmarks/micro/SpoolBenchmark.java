package io.sidetrace.benchmarks.micro;

import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.transport.Ledger;
import io.sidetrace.agent.transport.SpoolTransport;
import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.benchmarks.corpus.Recorder;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Frames into a spool's segment: one write of 30 requests' frames, as one drain at 300/s brings.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20)
@Measurement(iterations = 20)
@Fork(1)
public class SpoolBenchmark {
  private static final int REQUESTS = 30;
  private static final int WRITES = 200;

  private final Slice frames = thirtyRequests();
  private Path root = Path.of("");
  private SpoolTransport spool;

  public SpoolBenchmark() {
    this.spool = open();
  }

  private static Slice thirtyRequests() {
    FrameEncoder encoder = new FrameEncoder();
    for (int i = 0; i < REQUESTS; i++) {
      Recorder.trace(Conversation.plain(1024, 1024)).forEach(frame -> encoder.append(frame, 1));
    }
    return Slice.of(encoder.bytes().toBytes());
  }

  private SpoolTransport open() {
    try {
      root = Files.createTempDirectory("spool-benchmark");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new SpoolTransport(root, "b-1-1", 1L << 30, new Ledger(), Log.onStderr(false));
  }

  /** Of one request: three frames, 4 KB. */
  @Benchmark
  @OperationsPerInvocation(REQUESTS * WRITES)
  public void appendPerRequest() {
    for (int i = 0; i < WRITES; i++) {
      spool.send(0, frames, REQUESTS * 3);
    }
    spool.tick();
  }

  @TearDown(Level.Iteration)
  public void startOver() throws IOException {
    spool.close();
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
    spool = open();
  }
}
