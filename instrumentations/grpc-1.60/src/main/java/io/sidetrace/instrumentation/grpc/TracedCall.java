package io.sidetrace.instrumentation.grpc;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.sidetrace.agent.api.ServerCall;

/** Hears how the application closes the call. */
final class TracedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final ServerCall call;
  private volatile boolean closed;

  TracedCall(io.grpc.ServerCall<Q, A> grpc, ServerCall call) {
    super(grpc);
    this.call = call;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    closed = true;
    if (isFailure(status)) {
      Throwable cause = status.getCause();
      call.error(cause == null ? status.asRuntimeException() : cause);
    }
    super.close(status, trailers);
  }

  /** HTTP's, which tells little in gRPC; 0 if no answer was sent. */
  int status() {
    return closed ? 200 : 0;
  }

  /** The others say what the caller did wrong, or whom it asked for in vain. */
  private static boolean isFailure(Status status) {
    return switch (status.getCode()) {
      case UNKNOWN, INTERNAL, UNAVAILABLE, DATA_LOSS, UNIMPLEMENTED, DEADLINE_EXCEEDED -> true;
      default -> false;
    };
  }
}
