package io.sidetrace.instrumentation.jdkexecutors;

import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;

/** What stood on the thread; may be nothing. */
record Previous(@Nullable Context context) {

  void restore() {
    Context.restore(context);
  }
}
