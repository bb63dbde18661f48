package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.CoverageExtension;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.CommonLoggingErrorHandler;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.listener.MessageListener;

@ExtendWith(CoverageExtension.class)
class SpringKafkaTest implements Covered {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private final BlockingQueue<String> seen = new ArrayBlockingQueue<>(10);
  private KafkaMessageListenerContainer<String, String> container;

  @AfterEach
  void stop() {
    if (container != null) {
      container.stop();
    }
  }

  @Override
  public Library library() {
    return Library.of("Spring for Kafka", ConsumerFactory.class);
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar =
        ConsumerFactory.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("spring-kafka-" + System.getProperty("spring-kafka.version"));
  }

  @Test
  @Covers(Behaviour.JOB)
  void aRecordWhoseListenerCallsAnLlm_isTheRootOfATrace() throws Exception {
    listen((MessageListener<String, String>) record -> call(), record());

    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("called");
    Event call = agent.awaitEvents(2).get(0).event();
    Event root = agent.events().get(1).event();
    assertThat(root.name()).isEqualTo("questions process");
    assertThat(root.parentSpanId()).isNull();
    assertThat(call.parentSpanId()).isEqualTo(root.spanId());
  }

  @Test
  @Covers(Behaviour.JOB_SENDER)
  void traceparentOfARecord_makesTheRootAChildOfItsSender() throws Exception {
    var record = record();
    String sender = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    record.headers().add("traceparent", sender.getBytes(UTF_8));

    listen((MessageListener<String, String>) received -> call(), record);

    Event root = agent.awaitEvents(2).get(1).event();
    assertThat(root.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(root.parentSpanId()).isEqualTo("b7ad6b7169203331");
  }

  @Test
  @Covers(Behaviour.JOB_BATCH)
  void aBatch_isOneRoot() throws Exception {
    listen((BatchMessageListener<String, String>) records -> call(), record());

    assertThat(agent.awaitEvents(2).get(1).event().name()).isEqualTo("questions process batch");
  }

  @Test
  @Covers(Behaviour.JOB_FAILED)
  void anException_isTheRootsError() throws Exception {
    listen(
        (MessageListener<String, String>)
            record -> {
              call();
              throw new IllegalStateException("boom");
            },
        record());

    Event root = agent.awaitEvents(2).get(1).event();
    assertThat(root.level()).isEqualTo(Level.ERROR);
    assertThat(root.error().message()).contains("boom");
  }

  @Test
  @Covers(Behaviour.JOB_SILENT)
  void aRecordWhoseListenerCallsNone_isNotRecordedAndHasItsContext() throws Exception {
    listen(
        (MessageListener<String, String>)
            record -> seen.add(Context.current() == null ? "nothing" : "a context"),
        record());

    assertThat(seen.poll(20, TimeUnit.SECONDS)).isEqualTo("a context");
    container.stop();
    assertThat(agent.events()).isEmpty();
  }

  private void call() {
    ClientCall.begin("test", "POST", "https://api.openai.com/v1/chat/completions").end();
    seen.add("called");
  }

  private static ConsumerRecord<String, String> record() {
    return new ConsumerRecord<>("questions", 0, 0, "key", "value");
  }

  private void listen(Object listener, ConsumerRecord<String, String> record) {
    var properties = new ContainerProperties("questions");
    properties.setGroupId("test");
    properties.setMessageListener(listener);
    container = new KafkaMessageListenerContainer<>(OneRecord.factory(record), properties);
    container.setCommonErrorHandler(new CommonLoggingErrorHandler());
    container.start();
  }
}
