package io.sidetrace.instrumentation.jdkexecutors;

import io.sidetrace.agent.api.Carried;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RunnableScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * Attaches the context to the task, weakly and by identity. The task itself goes into the queue, so
 * that casts, comparators and {@code remove} find what they look for.
 */
public final class JdkExecutorsAdvice {
  private JdkExecutorsAdvice() {}

  /** On the thread that hands the task over. */
  public static void submitted(Object pool, @Nullable Runnable task) {
    if (task != null && runsOnce(task)) {
      Carried.by(task);
    }
  }

  /** A task with a delay; one with a period belongs to no request. */
  public static void scheduled(Object pool, @Nullable RunnableScheduledFuture<?> task) {
    if (task != null && !task.isPeriodic()) {
      Carried.by(task);
    }
  }

  /**
   * On a thread of the pool, before each of its tasks: so a task that came without context has
   * none, even where a subclass keeps {@link #afterExecute} from being called.
   */
  public static void beforeExecute(Object pool, Thread thread, Runnable task) {
    Context carried = Carried.take(task);
    if (carried != null || Context.current() != null) {
      Context.restore(carried);
    }
  }

  public static void afterExecute(Object pool) {
    if (Context.current() != null) {
      Context.restore(null);
    }
  }

  /**
   * Of CompletableFuture in a thread of its own, and of a FutureTask in a pool that overrides
   * {@link #beforeExecute} and does not call it.
   */
  public static @Nullable Previous enterTask(Object task) {
    Context carried = Carried.take(task);
    return carried == null ? null : Previous.attach(carried);
  }

  public static void exitTask(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }

  /**
   * Tasks made for one submission: futures, stages, lambdas. A class of the application's own may
   * be a loop that serves many requests, and would carry the first one's context to all.
   */
  private static boolean runsOnce(Runnable task) {
    return task instanceof FutureTask
        || task instanceof AsynchronousCompletionTask
        || task.getClass().isHidden();
  }
}
