package io.sidetrace.app;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.sidetrace.instrumentation.testing.HopContract;
import io.sidetrace.instrumentation.testing.Work;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Virtual threads, structured scopes and delays of JDK 25, called by name from code for JDK 17. */
class VirtualThreadTest extends HopContract {

  @Override
  public Library library() {
    return Library.of("Virtual threads, structured scopes", Thread.class);
  }

  @Override
  protected List<Hop> hops() {
    return List.of(
        new Hop("newVirtualThreadPerTaskExecutor", work -> submit(virtualThreads(), work)),
        new Hop("startVirtualThread", VirtualThreadTest::start),
        new Hop("a virtual thread that parks", VirtualThreadTest::afterParking),
        new Hop("a pool of virtual threads", work -> submit(poolOfVirtualThreads(), work)),
        new Hop("StructuredTaskScope", VirtualThreadTest::structured),
        new Hop("ForkJoinPool.schedule", VirtualThreadTest::schedule));
  }

  private static Object submit(ExecutorService threads, Callable<Object> work) throws Exception {
    try {
      return threads.submit(work).get();
    } finally {
      threads.shutdown();
    }
  }

  private static ExecutorService virtualThreads() throws ReflectiveOperationException {
    return (ExecutorService)
        Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
  }

  private static ExecutorService poolOfVirtualThreads() throws ReflectiveOperationException {
    return new ThreadPoolExecutor(
        1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), virtualThreadFactory());
  }

  private static ThreadFactory virtualThreadFactory() throws ReflectiveOperationException {
    Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
    return (ThreadFactory)
        Class.forName("java.lang.Thread$Builder").getMethod("factory").invoke(builder);
  }

  private static Object start(Callable<Object> work) throws Exception {
    Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
    return Work.lambda(task -> Work.call(() -> start.invoke(null, task)), work);
  }

  /** Another carrier may go on with the thread. */
  private static Object afterParking(Callable<Object> work) throws Exception {
    ThreadFactory threads = virtualThreadFactory();
    return Work.lambda(
        task -> threads.newThread(task).start(),
        () -> {
          LockSupport.parkNanos(1_000_000);
          return work.call();
        });
  }

  /** {@code try (var scope = StructuredTaskScope.open()) { scope.fork(work); scope.join(); }} */
  private static Object structured(Callable<Object> work) throws Exception {
    Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
    Object scope = type.getMethod("open").invoke(null);
    try {
      Object subtask = type.getMethod("fork", Callable.class).invoke(scope, work);
      type.getMethod("join").invoke(scope);
      return Class.forName("java.util.concurrent.StructuredTaskScope$Subtask")
          .getMethod("get")
          .invoke(subtask);
    } finally {
      type.getMethod("close").invoke(scope);
    }
  }

  private static Object schedule(Callable<Object> work) throws Exception {
    Method schedule =
        ForkJoinPool.class.getMethod("schedule", Callable.class, long.class, TimeUnit.class);
    return ((Future<?>) schedule.invoke(ForkJoinPool.commonPool(), work, 1, MILLISECONDS)).get();
  }
}
