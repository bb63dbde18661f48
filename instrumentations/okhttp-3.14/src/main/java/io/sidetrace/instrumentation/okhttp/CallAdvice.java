package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.io.InterruptedIOException;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Around {@code RealCall}: whose call it is, and how it ends if no response comes. */
public final class CallAdvice {
  private static final Attachments<Call, Context> ENQUEUED = new Attachments<>();

  private CallAdvice() {}

  /**
   * @param clientCall null: a call that is not captured, on a thread that was given the context of
   *     whoever enqueued it
   */
  record Running(Call call, @Nullable ClientCall clientCall, @Nullable Context previous) {}

  public static @Nullable Context enqueue(Call call) {
    Context context = Context.current();
    if (context != null) {
      ENQUEUED.put(call, context);
    }
    return context;
  }

  public static @Nullable Callback callback(
      @Nullable Context context, @Nullable Callback callback) {
    return context == null || callback == null ? callback : new ContextCallback(callback, context);
  }

  public static @Nullable Running enter(Call call) {
    Context enqueued = ENQUEUED.remove(call);
    Context parent = enqueued == null ? Context.current() : enqueued;
    Request request = call.request();
    ClientCall clientCall =
        ClientCall.begin(parent, "okhttp", request.method(), request.url().toString());
    if (clientCall != null) {
      clientCall.cancelledIf(failure -> isCancellation(call, failure));
      ProceedAdvice.expect(call, clientCall);
      return new Running(call, clientCall, Context.attach(clientCall.context()));
    }
    return enqueued == null ? null : new Running(call, null, Context.attach(enqueued));
  }

  public static void exit(@Nullable Running running, Response response, Throwable thrown) {
    if (running == null) {
      return;
    }
    Context.restore(running.previous);
    if (running.clientCall != null && thrown != null) {
      ProceedAdvice.forget(running.call); // it refers to the call
      running.clientCall.end(thrown);
    }
  }

  /**
   * A cancelled call fails too, with whatever its socket said, but for a timeout's own exception.
   */
  private static boolean isCancellation(Call call, Throwable failure) {
    return call.isCanceled() && !(failure instanceof InterruptedIOException);
  }
}
