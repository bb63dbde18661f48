package io.sidetrace.instrumentation.tomcat;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves the border between Tomcat's protocols, Coyote, and its servlet container, Catalina. */
public final class TomcatInstrumentation implements Instrumentation {
  private static final String REQUEST = "org.apache.coyote.Request";
  private static final String RESPONSE = "org.apache.coyote.Response";

  @Override
  public String name() {
    return "tomcat";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in("org.apache.catalina.connector.CoyoteAdapter")
            .method("service", REQUEST, RESPONSE)
            .enter("enterService")
            .exit("exitService"),
        in("org.apache.catalina.connector.CoyoteAdapter")
            .method("asyncDispatch", REQUEST, RESPONSE, "org.apache.tomcat.util.net.SocketEvent")
            .enter("enterAsyncDispatch")
            .exit("exitAsyncDispatch"),
        in("org.apache.catalina.connector.Request").method("recycle").enter("enterRecycle"),
        in("org.apache.catalina.core.AsyncContextImpl")
            .method("start", "java.lang.Runnable")
            .replaceArgument(0, "carryContext"),
        in(REQUEST)
            .method("doRead", "org.apache.tomcat.util.net.ApplicationBufferHandler")
            .enter("enterRead")
            .exit("exitRead"),
        in(RESPONSE)
            .method("action", "org.apache.coyote.ActionCode", "java.lang.Object")
            .enter("enterAction"),
        in(RESPONSE).method("doWrite", "java.nio.ByteBuffer").enter("enterWrite"));
  }

  private static Rule in(String className) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.tomcat.TomcatAdvice");
  }
}
