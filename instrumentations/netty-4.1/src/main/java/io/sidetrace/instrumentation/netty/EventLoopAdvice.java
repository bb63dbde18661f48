package io.sidetrace.instrumentation.netty;

import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;

/** What runs where an event loop takes a task. */
public final class EventLoopAdvice {
  private static final String PROMISE_TASK = "io.netty.util.concurrent.PromiseTask";
  private static final String TO_HANDLER = "io.netty.channel.AbstractChannelHandlerContext$";

  private EventLoopAdvice() {}

  public static @Nullable Runnable carryContext(@Nullable Object token, @Nullable Runnable task) {
    return task != null && runsOnce(task.getClass()) ? Context.wrap(task) : task;
  }

  /**
   * Tasks made for one submission: lambdas, what {@code submit} makes, and a message on its way to
   * a handler that has an executor of its own. Others may be what keeps a connection going.
   */
  private static boolean runsOnce(Class<?> task) {
    return task.isHidden()
        || task.getName().equals(PROMISE_TASK)
        || task.getName().startsWith(TO_HANDLER);
  }
}
