package io.sidetrace.benchmarks.micro;

import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Finished;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.benchmarks.corpus.Capture;
import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.event.Event.Origin;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the application's threads pay to capture, up to the queue: the sink only keeps the last.
 * {@code -prof gc} tells the bytes; the captured bodies are among them.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallBenchmark {
  private final byte[] question = new byte[700];
  private final byte[] answer = new byte[600];
  private final Conversation plain = Conversation.plain(1024, 1024);
  private final Conversation streamed = Conversation.streamed(1024, 200);
  private final Context context;

  /** Read by nobody: keeps it from being optimised away. */
  public volatile @Nullable Finished last;

  public CallBenchmark() {
    Origin origin = new Origin("demo", "demo-1-1", null, null);
    Tracer.install(new Tracer(CaptureSettings.defaults(origin), finished -> last = finished));
    ServerCall call = Objects.requireNonNull(ServerCall.begin("GET", "/orders/7", name -> null));
    context = call.context();
  }

  /** As around each task that crosses a thread. */
  @Benchmark
  public @Nullable Context contextEnterAndExit() {
    Context previous = Context.attach(context);
    Context current = Context.current();
    Context.restore(previous);
    return current;
  }

  /** Bodies of 700 and 600 bytes. */
  @Benchmark
  public void serverCall() {
    Capture.request(question, answer);
  }

  /** Bodies of 1 KB each. */
  @Benchmark
  public void clientCallPlain2Kb() {
    Capture.exchange(plain);
  }

  /** 1 KB asked, 200 chunks of 230 bytes answered. */
  @Benchmark
  public void clientCall200Chunks() {
    Capture.exchange(streamed);
  }

  /**
   * A request with a controller's span and a plain LLM call: all that a request pays to capture.
   */
  @Benchmark
  public void wholeRequest() {
    Capture.trace(plain, question, answer);
  }
}
