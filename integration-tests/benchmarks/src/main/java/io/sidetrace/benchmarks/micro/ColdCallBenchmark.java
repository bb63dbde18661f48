package io.sidetrace.benchmarks.micro;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The same calls when others have had all caches since, as between two requests of a service that
 * is not busy. What counts then is how many lines of code and data a call touches.
 *
 * <p>The warmup is long because an invocation in it is rare: it has to be compiled by its end.
 */
@BenchmarkMode(Mode.SampleTime)
@Warmup(iterations = 25, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(3)
public class ColdCallBenchmark extends CallBenchmark {
  /** More than the caches hold that a machine's cores share, 32 MB on today's servers. */
  private static final int OTHERS_BYTES = 64 << 20;

  private static final int LINE_BYTES = 64;

  private final byte[] others = new byte[OTHERS_BYTES];

  /** The caches hold these bytes now, and hardly anything else. */
  @Setup(Level.Invocation)
  public void evict() {
    for (int i = 0; i < others.length; i += LINE_BYTES) {
      others[i]++;
    }
  }

  /** What the clock and the harness take. */
  @Benchmark
  public void nothing() {}
}
