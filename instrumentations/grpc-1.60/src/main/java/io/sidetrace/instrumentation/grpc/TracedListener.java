package io.sidetrace.instrumentation.grpc;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.sidetrace.agent.api.ServerCall;
import java.util.concurrent.CancellationException;

/** The application hears of its call inside the call's context, on whichever thread. */
final class TracedListener<Q> extends SimpleForwardingServerCallListener<Q> {
  private final TracedCall<Q, ?> traced;
  private final ServerCall call;

  TracedListener(
      io.grpc.ServerCall.Listener<Q> listener, TracedCall<Q, ?> traced, ServerCall call) {
    super(listener);
    this.traced = traced;
    this.call = call;
  }

  @Override
  public void onMessage(Q message) {
    inside(() -> super.onMessage(message));
  }

  @Override
  public void onHalfClose() {
    inside(super::onHalfClose);
  }

  @Override
  public void onReady() {
    inside(super::onReady);
  }

  @Override
  public void onCancel() {
    call.clientGone(new CancellationException("the call was cancelled"));
    try {
      inside(super::onCancel);
    } finally {
      call.over(traced.status(), null);
    }
  }

  @Override
  public void onComplete() {
    try {
      inside(super::onComplete);
    } finally {
      call.over(traced.status(), null);
    }
  }

  private void inside(Runnable work) {
    boolean entered = call.enter();
    try {
      work.run();
    } catch (Throwable t) {
      call.error(t);
      throw t;
    } finally {
      if (entered) {
        call.leave();
      }
    }
  }
}
