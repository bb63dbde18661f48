package io.sidetrace.instrumentation.reactor;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * Weaves {@code Flux.publishOn}, which goes on when someone below asks for more: mostly a server's
 * event loop that has written the piece before. Other operators change threads where an item or a
 * subscription does, and the pools carry that.
 */
public final class ReactorInstrumentation implements Instrumentation {
  private static final String PUBLISH_ON = "reactor.core.publisher.FluxPublishOn$PublishOn";

  @Override
  public String name() {
    return "reactor";
  }

  @Override
  public List<Rule> rules() {
    var rules = new ArrayList<Rule>();
    for (String kind : List.of("Subscriber", "ConditionalSubscriber")) {
      Rule operator =
          Rule.in(PUBLISH_ON.concat(kind))
              .advice("io.sidetrace.instrumentation.reactor.PublishOnAdvice");
      rules.add(
          operator
              .method("onSubscribe", "org.reactivestreams.Subscription")
              .enter("enterSubscribe"));
      rules.add(operator.method("run").enter("enterRun").exit("exitRun"));
    }
    return rules;
  }
}
