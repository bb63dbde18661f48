package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.CoverageExtension;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Over a real broker, in the JVM of the test. */
@ExtendWith(CoverageExtension.class)
class SpringRabbitTest implements Covered {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  @TempDir static Path directory;

  private static EmbeddedBroker broker;
  private static AnnotationConfigApplicationContext application;

  @BeforeAll
  static void start() throws Exception {
    broker = EmbeddedBroker.start(directory);
    System.setProperty(RabbitApplication.PORT, String.valueOf(broker.port()));
    application = new AnnotationConfigApplicationContext(RabbitApplication.class);
  }

  @AfterAll
  static void stop() {
    application.close();
    broker.close();
  }

  @Override
  public Library library() {
    return Library.of("Spring for RabbitMQ", RabbitTemplate.class);
  }

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = RabbitTemplate.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("spring-rabbit-" + System.getProperty("spring-rabbit.version"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "direct"})
  @Covers(Behaviour.JOB)
  void aMessageWhoseListenerCallsAnLlm_isTheRootOfATrace(String queue) throws Exception {
    send(queue, "ask", null);

    assertThat(seen()).isEqualTo("called");
    Event call = agent.awaitEvents(2).get(0).event();
    Event root = agent.events().get(1).event();
    assertThat(root.name()).isEqualTo(queue + " process");
    assertThat(root.parentSpanId()).isNull();
    assertThat(root.level()).isNull();
    assertThat(call.traceId()).isEqualTo(root.traceId());
    assertThat(call.parentSpanId()).isEqualTo(root.spanId());
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "direct"})
  @Covers(Behaviour.JOB_SENDER)
  void traceparentOfAMessage_makesTheRootAChildOfItsSender(String queue) throws Exception {
    send(queue, "ask", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(seen()).isEqualTo("called");
    Event root = agent.awaitEvents(2).get(1).event();
    assertThat(root.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(root.parentSpanId()).isEqualTo("b7ad6b7169203331");
  }

  @Test
  @Covers(Behaviour.JOB_BATCH)
  void aBatch_isOneRootOfNoSender() throws Exception {
    send("batched", "ask", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

    assertThat(seen()).isEqualTo("called");
    Event root = agent.awaitEvents(2).get(1).event();
    assertThat(root.name()).isEqualTo("batched process batch");
    assertThat(root.parentSpanId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "direct"})
  @Covers(Behaviour.JOB_FAILED)
  void anException_isTheRootsError(String queue) throws Exception {
    send(queue, "fail", null);

    assertThat(seen()).isEqualTo("called");
    Event root = agent.awaitEvents(2).get(1).event();
    assertThat(root.level()).isEqualTo(Level.ERROR);
    assertThat(root.error().type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(root.error().message()).isEqualTo("boom");
  }

  @ParameterizedTest
  @ValueSource(strings = {"simple", "direct"})
  @Covers(Behaviour.JOB_SILENT)
  void aMessageWhoseListenerCallsNone_isNotRecordedAndHasItsContext(String queue) throws Exception {
    send(queue, "nothing", null);
    assertThat(seen()).isEqualTo("a context");

    send(queue, "ask", null);
    assertThat(seen()).isEqualTo("called");
    assertThat(agent.awaitEvents(2)).hasSize(2);
  }

  private static String seen() throws InterruptedException {
    return RabbitApplication.SEEN.poll(20, TimeUnit.SECONDS);
  }

  private static void send(String queue, String text, String traceparent) {
    application
        .getBean(RabbitTemplate.class)
        .convertAndSend(
            queue,
            (Object) text,
            message -> {
              if (traceparent != null) {
                message.getMessageProperties().setHeader("traceparent", traceparent);
              }
              return message;
            });
  }
}
