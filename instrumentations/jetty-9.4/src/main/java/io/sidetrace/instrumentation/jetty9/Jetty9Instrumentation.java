package io.sidetrace.instrumentation.jetty9;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves the channel of a request, below all handlers. Names neither servlet API: Jetty 9.4 and 10
 * have one, Jetty 11 the other.
 */
public final class Jetty9Instrumentation implements Instrumentation {
  private static final String SERVER = "org.eclipse.jetty.server.";
  private static final String CHANNEL = SERVER + "HttpChannel";

  @Override
  public String name() {
    return "jetty-9";
  }

  @Override
  public List<Rule> rules() {
    Rule server = in("Server").enter("enterHandle").exit("exitHandle");
    return List.of(
        server.method("handle", CHANNEL),
        server.method("handleAsync", CHANNEL),
        in("HttpChannel").method("handle").enter("enterChannel").exit("exitChannel"),
        in("HttpChannel")
            .method(
                "sendResponse",
                "org.eclipse.jetty.http.MetaData$Response",
                "java.nio.ByteBuffer",
                "boolean",
                "org.eclipse.jetty.util.Callback")
            .enter("enterSend"),
        in("HttpChannel").method("abort", "java.lang.Throwable").enter("enterAbort"),
        in("HttpChannel").method("onCompleted").enter("enterCompleted"),
        in("HttpInput").method("read", "byte[]", "int", "int").enter("enterRead").exit("exitRead"),
        in("AsyncContextState")
            .method("start", "java.lang.Runnable")
            .replaceArgument(0, "carryContext"));
  }

  private static Rule in(String className) {
    return Rule.in(SERVER.concat(className))
        .advice("io.sidetrace.instrumentation.jetty9.Jetty9Advice");
  }
}
