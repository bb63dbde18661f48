package io.sidetrace.app;

import static java.util.concurrent.CompletableFuture.delayedExecutor;
import static java.util.concurrent.CompletableFuture.runAsync;
import static java.util.concurrent.CompletableFuture.supplyAsync;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.Work;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterAll;

class CompletableFutureTest extends HopContract {

  private final ExecutorService pool = Executors.newSingleThreadExecutor();
  private final ForkJoinPool forkJoin = new ForkJoinPool(2);

  @AfterAll
  void stop() {
    pool.shutdownNow();
    forkJoin.shutdownNow();
  }

  @Override
  public Library library() {
    return Library.of("CompletableFuture", CompletableFuture.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("supplyAsync", work -> supplyAsync(() -> Work.call(work)).get()),
        new Hop("supplyAsync in a pool", work -> supplyAsync(() -> Work.call(work), pool).get()),
        new Hop(
            "supplyAsync in a ForkJoinPool",
            work -> supplyAsync(() -> Work.call(work), forkJoin).get()),
        new Hop("runAsync", work -> Work.lambda(task -> runAsync(task).join(), work)),
        new Hop(
            "thenApplyAsync",
            work -> supplyAsync(() -> 1).thenApplyAsync(one -> Work.call(work)).get()),
        new Hop(
            "thenApplyAsync in a ForkJoinPool",
            work -> supplyAsync(() -> 1).thenApplyAsync(one -> Work.call(work), forkJoin).get()),
        new Hop(
            "thenApply",
            work -> supplyAsync(() -> 1, pool).thenApply(one -> Work.call(work)).get()),
        new Hop(
            "thenCompose",
            work ->
                supplyAsync(() -> 1)
                    .thenCompose(one -> supplyAsync(() -> Work.call(work), pool))
                    .get()),
        new Hop(
            "delayedExecutor",
            work -> supplyAsync(() -> Work.call(work), delayedExecutor(1, MILLISECONDS)).get()),
        new Hop(
            "delayedExecutor in a pool",
            work ->
                supplyAsync(() -> Work.call(work), delayedExecutor(1, MILLISECONDS, pool)).get()));
  }
}
