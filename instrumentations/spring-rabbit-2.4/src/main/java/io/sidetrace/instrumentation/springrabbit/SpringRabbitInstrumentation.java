package io.sidetrace.instrumentation.springrabbit;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * Weaves where every listener container hands a delivery to the application, all attempts of a
 * retry included.
 */
public final class SpringRabbitInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "spring-rabbit";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        Rule.in("org.springframework.amqp.rabbit.listener.AbstractMessageListenerContainer")
            .method("executeListener", "com.rabbitmq.client.Channel", "java.lang.Object")
            .advice("io.sidetrace.instrumentation.springrabbit.ListenerAdvice")
            .enter("enterListener")
            .exit("exitListener"));
  }
}
