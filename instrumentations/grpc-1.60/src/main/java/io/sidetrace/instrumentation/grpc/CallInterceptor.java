package io.sidetrace.instrumentation.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.sidetrace.agent.api.ServerCall;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Begins a root for each call. */
final class CallInterceptor implements ServerInterceptor {

  @Override
  public <Q, A> io.grpc.ServerCall.Listener<Q> interceptCall(
      io.grpc.ServerCall<Q, A> grpc, Metadata headers, ServerCallHandler<Q, A> next) {
    String target = "/".concat(grpc.getMethodDescriptor().getFullMethodName());
    ServerCall call = ServerCall.begin("POST", target, name -> header(headers, name));
    if (call == null) {
      return next.startCall(grpc, headers);
    }
    var traced = new TracedCall<>(grpc, call);
    boolean entered = call.enter();
    try {
      return new TracedListener<>(next.startCall(traced, headers), traced, call);
    } catch (Throwable t) {
      call.over(0, t);
      throw t;
    } finally {
      if (entered) {
        call.leave();
      }
    }
  }

  /** Names that end so have values that are no text. */
  private static @Nullable String header(Metadata headers, String name) {
    String key = name.toLowerCase(Locale.ROOT);
    return key.endsWith(Metadata.BINARY_HEADER_SUFFIX)
        ? null
        : headers.get(Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER));
  }
}
