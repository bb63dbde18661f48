package io.sidetrace.instrumentation.jdkexecutors;

import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;

/**
 * A virtual thread is made for one piece of work and keeps the context of whoever makes it:
 * executors of virtual threads, structured scopes and {@code Thread.startVirtualThread} all pass
 * here. The task is seen by nobody afterwards, so it may be wrapped.
 */
public final class VirtualThreadAdvice {

  private VirtualThreadAdvice() {}

  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable task) {
    return task == null || isPooled(task) ? task : Context.wrap(task);
  }

  /** A pool of virtual threads gives each of its tasks a context of its own. */
  private static boolean isPooled(Runnable task) {
    return task.getClass().getName().equals("java.util.concurrent.ThreadPoolExecutor$Worker");
  }
}
