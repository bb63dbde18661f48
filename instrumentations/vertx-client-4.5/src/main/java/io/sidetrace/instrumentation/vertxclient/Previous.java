package io.sidetrace.instrumentation.vertxclient;

import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;

/** What stood on the thread; may be nothing. */
record Previous(@Nullable Context context) {

  static Previous attach(Traced traced) {
    return new Previous(Context.attach(traced.caller()));
  }

  static void restore(@Nullable Object previous) {
    if (previous instanceof Previous before) {
      Context.restore(before.context);
    }
  }
}
