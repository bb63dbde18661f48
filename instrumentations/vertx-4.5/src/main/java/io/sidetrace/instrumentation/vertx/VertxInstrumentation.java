package io.sidetrace.instrumentation.vertx;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves where Vert.x enters and leaves its own contexts, and where a route's handler is called.
 */
public final class VertxInstrumentation implements Instrumentation {
  private static final String CORE = "io.vertx.core.impl.";

  @Override
  public String name() {
    return "vertx";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in(CORE + "VertxImpl", "DispatchAdvice").methods("beginDispatch").enter("enterBegin"),
        in(CORE + "VertxImpl", "DispatchAdvice")
            .methods("endDispatch")
            .enter("enterEnd")
            .exit("exitEnd"),
        in(CORE + "TaskQueue", "DispatchAdvice")
            .methods("execute")
            .enter("enterExecute")
            .exit("exitExecute"),
        in("io.vertx.ext.web.impl.RouteState", "RouteAdvice")
            .methods("handleContext")
            .enter("enterHandle"),
        in("io.vertx.ext.web.impl.RoutingContextImpl", "RouteAdvice")
            .method("fail", "int", "java.lang.Throwable")
            .enter("enterFail"));
  }

  private static Rule in(String className, String advice) {
    return Rule.in(className).advice("io.sidetrace.instrumentation.vertx.".concat(advice));
  }
}
