package io.sidetrace.app;

import io.sidetrace.agent.api.Context;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Virtual threads, structured scopes and delays of JDK 25, called by name from code for JDK 17. */
final class LaterHops {
  private static final Callable<Context> CALL = Context::current;

  private LaterHops() {}

  static List<Hop> all() {
    return List.of(
        pool -> {
          var threads = virtualThreads();
          try {
            return threads.submit(CALL).get();
          } finally {
            threads.shutdown();
          }
        },
        pool -> {
          var seen = new CompletableFuture<Context>();
          Runnable work = () -> seen.complete(Context.current());
          Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
          return seen.get();
        },
        pool -> {
          var seen = new CompletableFuture<Context>();
          virtualThreadFactory().newThread(() -> seen.complete(afterParking())).start();
          return seen.get();
        },
        pool -> {
          var pooled =
              new ThreadPoolExecutor(
                  1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), virtualThreadFactory());
          try {
            return pooled.submit(CALL).get();
          } finally {
            pooled.shutdown();
          }
        },
        pool -> structured(),
        pool -> {
          Method schedule =
              ForkJoinPool.class.getMethod("schedule", Callable.class, long.class, TimeUnit.class);
          Object future =
              schedule.invoke(ForkJoinPool.commonPool(), CALL, 1, TimeUnit.MILLISECONDS);
          return (Context) ((java.util.concurrent.Future<?>) future).get();
        });
  }

  static ThreadFactory virtualThreadFactory() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    return (ThreadFactory)
        Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
  }

  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  /** Another carrier may go on with the thread. */
  private static Context afterParking() {
    try {
      Thread.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Context.current();
  }

  /** {@code try (var scope = StructuredTaskScope.open()) { scope.fork(CALL); scope.join(); }} */
  private static Context structured() throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    Object scope = type.getMethod("open").invoke(null);
    try {
      Object subtask = type.getMethod("fork", Callable.class).invoke(scope, CALL);
      type.getMethod("join").invoke(scope);
      return (Context)
          Class.forName("java.util.concurrent.StructuredTaskScope$Subtask")
              .getMethod("get")
              .invoke(subtask);
    } finally {
      type.getMethod("close").invoke(scope);
    }
  }
}
