package io.sidetrace.instrumentation.awssdk;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Outgoing;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;

/** Around {@code SdkAsyncHttpClient.execute}. */
public final class ExecuteAdvice {
  private ExecuteAdvice() {}

  record Executing(Outgoing out, AsyncExecuteRequest request, @Nullable Context previous) {}

  public static @Nullable Executing enter(Object client, AsyncExecuteRequest request) {
    SdkHttpRequest http = request.request();
    Outgoing out = Outgoing.begin("aws-sdk", http.method().name(), () -> http.getUri().toString());
    return out == null
        ? null
        : new Executing(out, outgoing(request, out), Context.attach(out.inside()));
  }

  private static AsyncExecuteRequest outgoing(AsyncExecuteRequest request, Outgoing out) {
    SdkHttpRequest http = request.request();
    ClientCall call = out.call();
    AsyncExecuteRequest.Builder copy =
        AsyncExecuteRequest.builder()
            .request(traced(http, out.traceparent()))
            .requestContentPublisher(
                call == null
                    ? request.requestContentPublisher()
                    : new TeeContentPublisher(request.requestContentPublisher(), http, call))
            .responseHandler(new TeeResponseHandler(request.responseHandler(), out))
            .fullDuplex(request.fullDuplex())
            .httpExecutionAttributes(request.httpExecutionAttributes());
    request.metricCollector().ifPresent(copy::metricCollector);
    return copy.build();
  }

  static SdkHttpRequest traced(SdkHttpRequest request, @Nullable String traceparent) {
    return traceparent == null || request.firstMatchingHeader(Outgoing.TRACEPARENT).isPresent()
        ? request
        : request.toBuilder().putHeader(Outgoing.TRACEPARENT, traceparent).build();
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
    ClientCall call = executing.out.call();
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
