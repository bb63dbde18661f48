package io.sidetrace.instrumentation.mutiny;

import io.sidetrace.agent.api.Carried;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link MutinyInstrumentation} names. */
public final class EmitOnAdvice {

  private EmitOnAdvice() {}

  /** On the thread that brought an item. */
  public static void enterSchedule(Object operator) {
    Carried.by(operator);
  }

  /** Null where the pool has done it already. */
  public static @Nullable Previous enterRun(Object operator) {
    Context carried = Carried.take(operator);
    return carried == null ? null : Previous.attach(carried);
  }

  public static void exitRun(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }
}
