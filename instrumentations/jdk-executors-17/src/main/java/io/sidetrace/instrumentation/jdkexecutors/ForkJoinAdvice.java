package io.sidetrace.instrumentation.jdkexecutors;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * Attaches the context to each task as it is forked or submitted, weakly and by identity. A task
 * that nobody forked, which {@code invoke} runs on the spot, stays in the context of its thread.
 */
public final class ForkJoinAdvice {
  private static final Attachments<ForkJoinTask<?>, Context> CARRIED = new Attachments<>();

  private ForkJoinAdvice() {}

  /** On the thread that forks. */
  public static void forked(ForkJoinTask<?> task) {
    Context context = Context.current();
    if (context != null) {
      CARRIED.put(task, context);
    }
  }

  /** On the thread that hands the task to a pool. */
  public static void submitted(ForkJoinPool pool, @Nullable ForkJoinTask<?> task) {
    if (task != null && !carriesVirtualThreads(pool)) {
      forked(task);
    }
  }

  /** JDK 21 and later, where the queue's own flag comes first. */
  public static void pooled(ForkJoinPool pool, boolean signal, @Nullable ForkJoinTask<?> task) {
    submitted(pool, task);
  }

  public static @Nullable Previous enterTask(ForkJoinTask<?> task) {
    if (CARRIED.isEmpty()) {
      return null;
    }
    Context carried = CARRIED.remove(task);
    return carried == null ? null : Previous.attach(carried);
  }

  public static void exitTask(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }

  /** JDK 17, where the method tells the task's state. */
  public static void exitTaskWithState(
      @Nullable Previous previous, int state, @Nullable Throwable thrown) {
    exitTask(previous, thrown);
  }

  /** What runs again and again belongs to no request. */
  public static Previous enterPeriodic(ForkJoinPool pool) {
    return Previous.attach(null);
  }

  public static void exitPeriodic(
      @Nullable Previous previous, @Nullable Object task, @Nullable Throwable thrown) {
    exitTask(previous, thrown);
  }

  /**
   * Virtual threads keep a context of their own. Their scheduler is the pool whose threads they
   * make themselves.
   */
  private static boolean carriesVirtualThreads(ForkJoinPool pool) {
    return pool.getFactory().getClass().getName().startsWith("java.lang.VirtualThread");
  }
}
