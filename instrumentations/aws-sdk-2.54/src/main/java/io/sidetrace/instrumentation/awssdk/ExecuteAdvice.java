package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;

/** Around {@code SdkAsyncHttpClient.execute}. */
public final class ExecuteAdvice {
  private static final String TRACEPARENT = "traceparent";

  private ExecuteAdvice() {}

  /**
   * @param call null: only a {@code traceparent} and the context travel
   */
  record Executing(
      AsyncExecuteRequest request, @Nullable ClientCall call, @Nullable Context previous) {}

  public static @Nullable Executing enter(Object client, AsyncExecuteRequest request) {
    Context caller = Context.current();
    SdkHttpRequest http = request.request();
    ClientCall call =
        ClientCall.mayBegin(caller, http.method().name())
            ? ClientCall.begin(caller, "aws-sdk", http.method().name(), http.getUri().toString())
            : null;
    if (call == null && caller == null) {
      return null;
    }
    String traceparent =
        call != null ? call.traceparent() : caller == null ? null : caller.traceparent();
    AsyncExecuteRequest outgoing = outgoing(request, call, caller, traceparent);
    return new Executing(outgoing, call, Context.attach(call == null ? caller : call.context()));
  }

  private static AsyncExecuteRequest outgoing(
      AsyncExecuteRequest request,
      @Nullable ClientCall call,
      @Nullable Context caller,
      @Nullable String traceparent) {
    SdkHttpRequest http = request.request();
    boolean traced = traceparent != null && http.firstMatchingHeader(TRACEPARENT).isEmpty();
    AsyncExecuteRequest.Builder copy =
        AsyncExecuteRequest.builder()
            .request(traced ? http.toBuilder().putHeader(TRACEPARENT, traceparent).build() : http)
            .requestContentPublisher(
                call == null
                    ? request.requestContentPublisher()
                    : new TeeContentPublisher(request.requestContentPublisher(), http, call))
            .responseHandler(new TeeResponseHandler(request.responseHandler(), call, caller))
            .fullDuplex(request.fullDuplex())
            .httpExecutionAttributes(request.httpExecutionAttributes());
    request.metricCollector().ifPresent(copy::metricCollector);
    return copy.build();
  }

  public static AsyncExecuteRequest request(
      @Nullable Executing executing, AsyncExecuteRequest request) {
    return executing == null ? request : executing.request;
  }

  /** Watches the future without standing in for it: whoever cancels it cancels the exchange. */
  public static void exit(
      @Nullable Executing executing,
      @Nullable CompletableFuture<?> future,
      @Nullable Throwable thrown) {
    if (executing == null) {
      return;
    }
    Context.restore(executing.previous);
    ClientCall call = executing.call;
    if (call == null) {
      return;
    }
    if (future == null) {
      call.end(thrown);
      return;
    }
    call.cancelledIf(failure -> failure instanceof CancellationException);
    var unused = future.whenComplete((none, failure) -> call.end(failure));
  }
}
