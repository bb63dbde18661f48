package io.sidetrace.instrumentation.springkafka;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/** Weaves where a listener container hands a record, or a batch, to the application's listener. */
public final class SpringKafkaInstrumentation implements Instrumentation {

  @Override
  public String name() {
    return "spring-kafka";
  }

  @Override
  public List<Rule> rules() {
    Rule consumer =
        Rule.in("org.springframework.kafka.listener.KafkaMessageListenerContainer$ListenerConsumer")
            .advice("io.sidetrace.instrumentation.springkafka.ListenerAdvice")
            .exit("exitListener");
    return List.of(
        consumer.methods("doInvokeOnMessage").enter("enterRecord"),
        consumer.methods("doInvokeBatchOnMessage").enter("enterBatch"));
  }
}
