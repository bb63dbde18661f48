package io.sidetrace.instrumentation.okhttp;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.HeaderLookup;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Request;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * Where a call meets the network, below all interceptors: what is written to a connection is
 * copied, once for each attempt.
 */
public final class RequestBodyAdvice {
  /** Only calls that run: each is taken out again, so none of them is kept alive. */
  private static final Map<Call, ClientCall> CALLS = new ConcurrentHashMap<>();

  /** The call whose attempt this thread is in the midst of. */
  private static final ThreadLocal<@Nullable ClientCall> SENDING = new ThreadLocal<>();

  private RequestBodyAdvice() {}

  /**
   * @param around a body may make a call of its own while it is written
   */
  record Attempt(@Nullable ClientCall around) {}

  private record Headers(Request request) implements HeaderLookup {

    @Override
    public @Nullable String get(String name) {
      return request.header(name);
    }
  }

  /** Whatever the call sends belongs to this, on whichever thread an interceptor goes on. */
  static void expect(Call call, ClientCall clientCall) {
    CALLS.put(call, clientCall);
  }

  static void forget(Call call) {
    CALLS.remove(call);
  }

  public static @Nullable Attempt enter(Object interceptor, Interceptor.Chain chain) {
    ClientCall around = SENDING.get();
    ClientCall call = CALLS.get(chain.call());
    if (call == around) {
      return null;
    }
    SENDING.set(call);
    return new Attempt(around);
  }

  public static void exit(@Nullable Attempt attempt) {
    if (attempt != null) {
      SENDING.set(attempt.around);
    }
  }

  /** A duplex body is written at any time, on any thread, and is not captured. */
  public static @Nullable ClientCall open(Object exchange, Request request, boolean duplex) {
    ClientCall call = duplex ? null : SENDING.get();
    if (call != null) {
      call.requestHead(new Headers(request));
    }
    return call;
  }

  public static @Nullable Sink tee(@Nullable ClientCall call, @Nullable Sink sink) {
    return call == null || sink == null ? sink : new TeeSink(sink, call);
  }
}
