package io.sidetrace.instrumentation.jetty;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/** Weaves Jetty's core, below all servlet APIs, and where these go on with a request. */
public final class JettyInstrumentation implements Instrumentation {
  private static final String STATE = "org.eclipse.jetty.server.internal.HttpChannelState";
  private static final String CALLBACK = "org.eclipse.jetty.util.Callback";

  @Override
  public String name() {
    return "jetty";
  }

  @Override
  public List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    rules.add(
        in("org.eclipse.jetty.server.Server")
            .method(
                "handle",
                "org.eclipse.jetty.server.Request",
                "org.eclipse.jetty.server.Response",
                CALLBACK)
            .enter("enterHandle")
            .exit("exitHandle"));
    rules.add(in(STATE + "$ChannelRequest").method("read").enter("enterRead").exit("exitRead"));
    rules.add(
        in(STATE + "$ChannelResponse")
            .method("write", "boolean", "java.nio.ByteBuffer", CALLBACK)
            .enter("enterWrite"));
    for (String version : List.of("ee10", "ee11")) {
      addAsynchronous(rules, "org.eclipse.jetty." + version + ".servlet.", "ServletChannel");
    }
    for (String version : List.of("ee8", "ee9")) {
      addAsynchronous(rules, "org.eclipse.jetty." + version + ".nested.", "HttpChannel");
    }
    return rules;
  }

  private static void addAsynchronous(List<Rule> rules, String apiPackage, String channel) {
    Rule handle = in(apiPackage + channel).method("handle").enter("enterDispatch");
    rules.add(handle.returning("void").exit("exitDispatch"));
    rules.add(handle.returning("boolean").exit("exitHandle")); // nested ones, and ee10 in 12.0.0
    rules.add(
        in(apiPackage + "AsyncContextState")
            .method("start", "java.lang.Runnable")
            .replaceArgument(0, "carryContext"));
  }

  private static Rule in(String className) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.jetty.JettyAdvice");
  }
}
