package io.sidetrace.instrumentation.javalin;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where a route's handler is called, and where nobody handled its exception. */
public final class JavalinInstrumentation implements Instrumentation {
  private static final String ROUTER = "io.javalin.router.";

  @Override
  public String name() {
    return "javalin";
  }

  @Override
  public List<Rule> rules() {
    Rule endpoint = in("ParsedEndpoint").enter("enterHandle");
    return List.of(
        endpoint.methods("handle"),
        endpoint.methods("handleWithPathParams$javalin"), // since 7
        in("exception.ExceptionMapper").methods("uncaughtException").enter("enterUncaught"));
  }

  private static Rule in(String className) {
    return Rule.in(ROUTER.concat(className))
        .advice("io.sidetrace.instrumentation.javalin.JavalinAdvice");
  }
}
