package io.sidetrace.instrumentation.asynchttpclient;

import io.sidetrace.agent.api.Previous;
import org.asynchttpclient.netty.NettyResponseFuture;
import org.jspecify.annotations.Nullable;

/** Around each end of a future, inside which handler, listeners and dependents hear of it. */
public final class FutureAdvice {

  private FutureAdvice() {}

  public static @Nullable Previous enterDone(NettyResponseFuture<?> future) {
    Passage passage = Passage.of(future);
    if (passage == null) {
      return null;
    }
    passage.done();
    return passage.enterCaller();
  }

  public static @Nullable Previous enterAbort(NettyResponseFuture<?> future, Throwable failure) {
    Passage passage = Passage.of(future);
    if (passage == null) {
      return null;
    }
    passage.failed(failure);
    return passage.enterCaller();
  }

  public static @Nullable Previous enterCancel(NettyResponseFuture<?> future) {
    Passage passage = Passage.of(future);
    if (passage == null) {
      return null;
    }
    if (!future.isDone()) {
      passage.cancelled();
    }
    return passage.enterCaller();
  }

  public static void exit(@Nullable Previous previous) {
    Previous.restore(previous);
  }
}
