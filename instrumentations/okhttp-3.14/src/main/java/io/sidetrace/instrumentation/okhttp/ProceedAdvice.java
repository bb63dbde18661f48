package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Around the chain's first {@code proceed}: puts the tees on, and takes our traces off. */
public final class ProceedAdvice {
  private static final Attachments<Call, ClientCall> EXPECTED = new Attachments<>();

  private ProceedAdvice() {}

  /** The call's first proceed is the next thing to happen on this thread. */
  static void expect(Call call, ClientCall clientCall) {
    EXPECTED.put(call, clientCall);
  }

  static void forget(Call call) {
    EXPECTED.remove(call);
  }

  public static @Nullable Passage enter(Interceptor.Chain chain, Request request) {
    Context context = Context.current();
    if (context == null || request != chain.call().request()) {
      return null; // outside a trace, or further down the chain
    }
    ClientCall clientCall = EXPECTED.remove(chain.call());
    String traceparent = context.traceparent();
    return clientCall == null && traceparent == null
        ? null
        : Passage.of(request, clientCall, traceparent);
  }

  public static Request request(@Nullable Passage passage, Request request) {
    return passage == null ? request : passage.outgoing();
  }

  public static @Nullable Response exit(
      @Nullable Passage passage, @Nullable Response response, @Nullable Throwable thrown) {
    return passage == null || response == null ? response : passage.incoming(response);
  }
}
