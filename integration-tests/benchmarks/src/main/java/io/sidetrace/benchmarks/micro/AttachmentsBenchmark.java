package io.sidetrace.benchmarks.micro;

import io.sidetrace.agent.api.Attachments;
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
 * What a task pays to carry a context: attached where it is handed over, taken where it runs. And
 * what tasks without one pay. With {@code -t 2}, two threads share the map.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AttachmentsBenchmark {
  private final Attachments<Object, String> attachments = new Attachments<>();

  @Benchmark
  public @Nullable String attachAndTake() {
    Object task = new Object();
    attachments.put(task, "context");
    return attachments.remove(task);
  }

  @Benchmark
  public boolean askWhetherThereIsAny() {
    return attachments.isEmpty();
  }
}
