package io.sidetrace.app;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.Work;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterAll;

class ThreadPoolTest extends HopContract {

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final ScheduledExecutorService scheduled = Executors.newScheduledThreadPool(1);

  @AfterAll
  void stop() {
    pool.shutdownNow();
    scheduled.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("Thread pools, scheduled ones", ThreadPoolExecutor.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("submit", work -> pool.submit(work).get()),
        new Hop("invokeAll", work -> pool.invokeAll(List.of(work)).get(0).get()),
        new Hop("invokeAny", work -> pool.invokeAny(List.of(work))),
        new Hop(
            "ExecutorCompletionService",
            work -> new ExecutorCompletionService<>(pool).submit(work).get()),
        new Hop("execute", work -> Work.lambda(pool::execute, work)),
        new Hop(
            "execute of a FutureTask",
            work -> {
              var task = new FutureTask<>(work);
              pool.execute(task);
              return task.get();
            }),
        new Hop("schedule", work -> scheduled.schedule(work, 1, MILLISECONDS).get()),
        new Hop(
            "schedule of a Runnable",
            work ->
                Work.lambda(
                    task -> {
                      var unused = scheduled.schedule(task, 0, MILLISECONDS);
                    },
                    work)),
        new Hop("submit, scheduled", work -> scheduled.submit(work).get()),
        new Hop("execute, scheduled", work -> Work.lambda(scheduled::execute, work)));
  }
}
