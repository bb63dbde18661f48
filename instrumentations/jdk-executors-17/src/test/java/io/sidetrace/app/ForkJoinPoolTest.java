package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.Work;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveTask;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;

class ForkJoinPoolTest extends HopContract {

  private final ForkJoinPool pool = new ForkJoinPool(2);

  @AfterAll
  void stop() {
    pool.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("ForkJoinPool, parallel streams", ForkJoinPool.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("submit", work -> pool.submit(work).get()),
        new Hop("submit of a ForkJoinTask", work -> pool.submit(ForkJoinTask.adapt(work)).get()),
        new Hop("invoke", work -> pool.invoke(new Forked(work, 3))),
        new Hop("invokeAll", work -> pool.invokeAll(List.of(() -> 1, work)).get(1).get()),
        new Hop("common pool", work -> ForkJoinPool.commonPool().submit(work).get()),
        new Hop("fork", work -> new Forked(work, 2).fork().get()),
        new Hop("execute", work -> Work.lambda(pool::execute, work)),
        new Hop(
            "execute of a ForkJoinTask",
            work -> {
              ForkJoinTask<Object> task = ForkJoinTask.adapt(work);
              pool.execute(task);
              return task.get();
            }),
        new Hop("parallel stream", ForkJoinPoolTest::inAParallelStream),
        new Hop(
            "parallel stream in a pool", work -> pool.submit(() -> inAParallelStream(work)).get()));
  }

  private static Object inAParallelStream(Callable<Object> work) {
    return IntStream.range(0, 64)
        .parallel()
        .filter(i -> i == 40)
        .mapToObj(i -> Optional.ofNullable(Work.call(work)))
        .findAny()
        .orElseThrow()
        .orElse(null);
  }

  /** Works in the last of several forks. */
  private static final class Forked extends RecursiveTask<Object> {
    private final transient Callable<Object> work;
    private final int depth;

    Forked(Callable<Object> work, int depth) {
      this.work = work;
      this.depth = depth;
    }

    @Override
    protected Object compute() {
      return depth == 0 ? Work.call(work) : new Forked(work, depth - 1).fork().join();
    }
  }
}
