package io.sidetrace.instrumentation.helidon;

import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.ServerFailures;
import org.jspecify.annotations.Nullable;

/** The server call of one request, on the stack of its thread. */
public final class HelidonCall {
  private final ServerCall call;
  private final Object request;
  private final Object response;

  private HelidonCall(ServerCall call, Object request, Object response) {
    this.call = call;
    this.request = request;
    this.response = response;
  }

  static @Nullable HelidonCall begin(Object request, Object response) {
    ServerCall call =
        ServerCall.begin(
            Helidon.method(request),
            Helidon.target(request),
            name -> Helidon.requestHeader(request, name));
    return call == null ? null : new HelidonCall(call, request, response);
  }

  boolean enter() {
    return call.enter();
  }

  void over(@Nullable Throwable thrown) {
    call.route(Helidon.route(request));
    if (ServerFailures.ofClient(thrown)) {
      call.clientGone(thrown);
    }
    if (call.wantsResponseHead()) {
      Helidon.responseHead(call, response);
    }
    call.over(Helidon.status(response), thrown);
    call.leave();
  }
}
