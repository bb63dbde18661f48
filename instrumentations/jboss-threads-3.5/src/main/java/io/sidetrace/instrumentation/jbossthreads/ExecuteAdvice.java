package io.sidetrace.instrumentation.jbossthreads;

import io.sidetrace.agent.api.Context;
import java.util.concurrent.CompletableFuture.AsynchronousCompletionTask;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What runs at the method that {@link JbossThreadsInstrumentation} names. */
public final class ExecuteAdvice {

  private ExecuteAdvice() {}

  /** The pool wraps the task itself, and gives it to nobody. */
  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable task) {
    return task != null && runsOnce(task) ? Context.wrap(task) : task;
  }

  /** Others may be loops that serve many requests, as in the JDK's pools. */
  private static boolean runsOnce(Runnable task) {
    return task instanceof FutureTask
        || task instanceof AsynchronousCompletionTask
        || task.getClass().isHidden();
  }
}
