package io.sidetrace.instrumentation.mutiny;

import io.sidetrace.agent.api.Carried;
import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;

/** What runs at the methods that {@link MutinyInstrumentation} names. */
public final class EmitOnAdvice {

  private EmitOnAdvice() {}

  /** What stood on the thread; may be nothing. */
  record Previous(@Nullable Context context) {}

  /** On the thread that brought an item. */
  public static void enterSchedule(Object operator) {
    Carried.by(operator);
  }

  /** Null where the pool has done it already. */
  public static @Nullable Previous enterRun(Object operator) {
    Context carried = Carried.take(operator);
    return carried == null ? null : new Previous(Context.attach(carried));
  }

  public static void exitRun(@Nullable Previous previous, @Nullable Throwable thrown) {
    if (previous != null) {
      Context.restore(previous.context());
    }
  }
}
