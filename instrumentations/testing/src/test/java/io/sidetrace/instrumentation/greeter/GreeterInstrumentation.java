package io.sidetrace.instrumentation.greeter;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** The smallest instrumentation there can be. */
public final class GreeterInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "greeter";
  }

  @Override
  public List<Rule> rules() {
    Rule greeter =
        Rule.in("io.sidetrace.app.Greeter")
            .advice("io.sidetrace.instrumentation.greeter.GreeterAdvice")
            .enter("begin")
            .exit("end");
    return List.of(
        greeter.method("greet", "java.lang.String"), greeter.method("fail", "java.lang.String"));
  }
}
