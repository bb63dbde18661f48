package io.sidetrace.instrumentation.greeter;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.app.Greeter;

/** Takes each greeting for a served request; with some names it does what advice must not do. */
public final class GreeterAdvice {

  private GreeterAdvice() {}

  public static ServerCall begin(Greeter greeter, String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("advice fails");
    }
    ServerCall call = ServerCall.begin("GET", "/greetings/" + name, HeaderLookup.NONE);
    if (call != null) {
      Context.attach(call.context());
    }
    return call;
  }

  public static void end(ServerCall call, String greeting, Throwable thrown) {
    if (call == null) {
      return;
    }
    if (!"Hello attached".equals(greeting)) {
      Context.restore(null);
    }
    if (!"Hello open".equals(greeting)) {
      call.end(thrown == null ? 200 : 500, thrown);
    }
  }
}
