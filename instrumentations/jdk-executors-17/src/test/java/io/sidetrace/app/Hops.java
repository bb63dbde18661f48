package io.sidetrace.app;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sidetrace.agent.api.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RecursiveTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** The hops of the JDK, those of a later JDK where the test runs on one. */
final class Hops {
  private static final ForkJoinPool FORK_JOIN = new ForkJoinPool(2);
  private static final ScheduledExecutorService SCHEDULED = Executors.newScheduledThreadPool(1);
  private static final Supplier<Context> HERE = Context::current;
  private static final Callable<Context> CALL = Context::current;

  private Hops() {}

  static List<Hop> all() {
    var hops = new ArrayList<Hop>();
    hops.addAll(threadPools());
    hops.addAll(futures());
    hops.addAll(forkJoin());
    if (Runtime.version().feature() >= 25) {
      hops.addAll(LaterHops.all());
    }
    return hops;
  }

  private static List<Hop> threadPools() {
    return List.of(
        pool -> pool.submit(CALL).get(),
        pool -> pool.invokeAll(List.of(CALL)).get(0).get(),
        pool -> pool.invokeAny(List.of(CALL)),
        pool -> new ExecutorCompletionService<Context>(pool).submit(CALL).get(),
        pool -> {
          var seen = new CompletableFuture<Context>();
          pool.execute(() -> seen.complete(Context.current()));
          return seen.get();
        },
        pool -> {
          var task = new FutureTask<>(CALL);
          pool.execute(task);
          return task.get();
        },
        pool -> SCHEDULED.schedule(CALL, 1, MILLISECONDS).get(),
        pool -> SCHEDULED.submit(CALL).get(),
        pool -> {
          var seen = new CompletableFuture<Context>();
          Runnable work = () -> seen.complete(Context.current());
          SCHEDULED.schedule(work, 0, MILLISECONDS).get();
          return seen.get();
        },
        pool -> {
          var seen = new CompletableFuture<Context>();
          SCHEDULED.execute(() -> seen.complete(Context.current()));
          return seen.get();
        });
  }

  private static List<Hop> futures() {
    return List.of(
        pool -> CompletableFuture.supplyAsync(HERE, pool).get(),
        pool -> CompletableFuture.supplyAsync(HERE).get(),
        pool -> CompletableFuture.supplyAsync(() -> 1).thenApplyAsync(one -> HERE.get()).get(),
        pool -> CompletableFuture.supplyAsync(HERE, FORK_JOIN).get(),
        pool -> CompletableFuture.supplyAsync(() -> 1, pool).thenApply(one -> HERE.get()).get(),
        pool ->
            CompletableFuture.supplyAsync(() -> 1)
                .thenApplyAsync(one -> HERE.get(), FORK_JOIN)
                .get(),
        pool ->
            CompletableFuture.supplyAsync(() -> 1)
                .thenCompose(one -> CompletableFuture.supplyAsync(HERE, pool))
                .get(),
        pool ->
            CompletableFuture.supplyAsync(HERE, CompletableFuture.delayedExecutor(1, MILLISECONDS))
                .get(),
        pool ->
            CompletableFuture.supplyAsync(
                    HERE, CompletableFuture.delayedExecutor(1, MILLISECONDS, pool))
                .get(),
        pool -> {
          var seen = new CompletableFuture<Context>();
          CompletableFuture.runAsync(() -> seen.complete(Context.current())).get();
          return seen.get();
        });
  }

  private static List<Hop> forkJoin() {
    return List.of(
        pool -> FORK_JOIN.submit(CALL).get(),
        pool -> FORK_JOIN.submit(ForkJoinTask.adapt(CALL)).get(),
        pool -> FORK_JOIN.invoke(new Halves(8)),
        pool -> FORK_JOIN.invokeAll(List.of(CALL, CALL)).get(1).get(),
        pool -> ForkJoinPool.commonPool().submit(CALL).get(),
        pool -> new Halves(4).fork().get(),
        pool -> {
          var seen = new CompletableFuture<Context>();
          FORK_JOIN.execute(() -> seen.complete(Context.current()));
          return seen.get();
        },
        pool -> {
          ForkJoinTask<Context> task = ForkJoinTask.adapt(CALL);
          FORK_JOIN.execute(task);
          return task.get();
        },
        pool -> FORK_JOIN.submit(Hops::seenByAParallelStream).get(),
        pool -> seenByAParallelStream());
  }

  /** What all of many elements saw, or a failure if they differ. */
  private static Context seenByAParallelStream() {
    var seen = new ArrayList<Context>();
    IntStream.range(0, 64)
        .parallel()
        .mapToObj(i -> Optional.ofNullable(Context.current()))
        .distinct()
        .sequential()
        .forEach(found -> seen.add(found.orElse(null)));
    if (seen.size() != 1) {
      throw new IllegalStateException("several contexts: " + seen);
    }
    return seen.get(0);
  }

  /** Forks down to single tasks. */
  private static final class Halves extends RecursiveTask<Context> {
    private final int size;

    Halves(int size) {
      this.size = size;
    }

    @Override
    protected Context compute() {
      if (size == 1) {
        return Context.current();
      }
      ForkJoinTask<Context> one = new Halves(size / 2).fork();
      Context other = new Halves(size / 2).invoke();
      if (one.join() != other) {
        throw new IllegalStateException("two contexts");
      }
      return other;
    }
  }
}
