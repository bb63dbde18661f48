package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.api.Finished;
import io.sidetrace.agent.transport.Ledger;
import io.sidetrace.benchmarks.corpus.Conversation;
import io.sidetrace.benchmarks.corpus.Recorder;
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

/** The queue between application threads and the drainer, by one thread: no cache line travels. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class QueueBenchmark {
  private final EventQueue queue = new EventQueue(16_384, 32 << 20, new Ledger());
  private final Finished finished = Recorder.finished(Conversation.plain(1024, 1024)).get(0);

  @Benchmark
  public @Nullable Finished offerAndPoll() {
    queue.offer(finished);
    return queue.poll();
  }
}
