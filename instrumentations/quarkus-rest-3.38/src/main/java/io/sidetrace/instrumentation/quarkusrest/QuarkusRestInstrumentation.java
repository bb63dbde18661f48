package io.sidetrace.instrumentation.quarkusrest;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where a resource method was found for a request, and where the request goes on. */
public final class QuarkusRestInstrumentation implements Instrumentation {
  private static final String REACTIVE = "org.jboss.resteasy.reactive.";

  @Override
  public String name() {
    return "quarkus-rest";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        in("server.core.ResteasyReactiveRequestContext")
            .method("restart", REACTIVE + "server.mapping.RuntimeResource", "boolean")
            .enter("enterRestart"),
        in("common.core.AbstractResteasyReactiveContext")
            .method("run")
            .enter("enterRun")
            .exit("exitRun"));
  }

  private static Rule in(String className) {
    return Rule.in(REACTIVE.concat(className))
        .advice("io.sidetrace.instrumentation.quarkusrest.RequestAdvice");
  }
}
