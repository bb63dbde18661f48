package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.io.InterruptedIOException;
import java.util.function.Predicate;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** Around {@code RealCall}: whose call it is, what comes back, and how it ends if nothing does. */
public final class CallAdvice {
  private static final Attachments<Call, Context> ENQUEUED = new Attachments<>();

  private CallAdvice() {}

  /**
   * @param clientCall null: a call that is not captured, on a thread that was given the context of
   *     whoever enqueued it
   */
  record Running(Call call, @Nullable ClientCall clientCall, @Nullable Context previous) {}

  /**
   * A cancelled call fails too, with whatever its socket said, but for a timeout's own exception.
   */
  private record Cancellation(Call call) implements Predicate<Throwable> {

    @Override
    public boolean test(Throwable failure) {
      return call.isCanceled() && !(failure instanceof InterruptedIOException);
    }
  }

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
    Context enqueued = ENQUEUED.isEmpty() ? null : ENQUEUED.remove(call);
    Context parent = enqueued == null ? Context.current() : enqueued;
    Request request = call.request();
    ClientCall clientCall =
        ClientCall.begin(parent, "okhttp", request.method(), request.url().toString());
    if (clientCall != null) {
      clientCall.cancelledIf(new Cancellation(call));
      RequestBodyAdvice.expect(call, clientCall);
      return new Running(call, clientCall, Context.attach(clientCall.context()));
    }
    return enqueued == null ? null : new Running(call, null, Context.attach(enqueued));
  }

  /** The response with a body that is copied as it is read; all else of it is as without us. */
  public static @Nullable Response exit(
      @Nullable Running running, @Nullable Response response, @Nullable Throwable thrown) {
    if (running == null) {
      return response;
    }
    Context.restore(running.previous);
    ClientCall clientCall = running.clientCall;
    if (clientCall == null) {
      return response;
    }
    RequestBodyAdvice.forget(running.call);
    ResponseBody body = response == null ? null : response.body();
    if (response == null || body == null) {
      clientCall.end(thrown);
      return response;
    }
    clientCall.responseHead(
        response.code(),
        response.header("Content-Type"),
        response.header("Content-Encoding"), // gone where OkHttp inflated the body
        body.contentLength());
    return response.newBuilder().body(new TeeResponseBody(body, clientCall)).build();
  }
}
