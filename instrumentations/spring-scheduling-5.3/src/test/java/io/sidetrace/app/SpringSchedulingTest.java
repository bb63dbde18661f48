package io.sidetrace.app;

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
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.SpringVersion;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;

@ExtendWith(CoverageExtension.class)
class SpringSchedulingTest implements Covered {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  @Override
  public Library library() {
    return Library.of("Spring @Scheduled", Scheduled.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.NO_SENDER, "the clock begins it.",
        Limit.NO_BATCH, "it takes no messages.");
  }

  @Test
  void theSpringUnderTest_isTheOneTheBuildNames() {
    assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("spring.version"));
  }

  @Test
  @Covers(Behaviour.JOB)
  void aScheduledMethodThatCallsAnLlm_isTheRootOfATrace() throws Exception {
    run(SpringSchedulingTest::ask);

    Event call = agent.awaitEvents(2).get(0).event();
    Event root = agent.events().get(1).event();
    assertThat(root.name()).isEqualTo("Digest.write");
    assertThat(root.parentSpanId()).isNull();
    assertThat(root.level()).isNull();
    assertThat(call.parentSpanId()).isEqualTo(root.spanId());
  }

  @Test
  @Covers(Behaviour.JOB_FAILED)
  void anException_isTheRootsError() throws Exception {
    run(
        () -> {
          ask();
          throw new IllegalStateException("boom");
        });

    Event root = agent.awaitEvents(2).get(1).event();
    assertThat(root.level()).isEqualTo(Level.ERROR);
    assertThat(root.error().message()).isEqualTo("boom");
  }

  @Test
  @Covers(Behaviour.JOB_SILENT)
  void aScheduledMethodThatCallsNone_isNotRecordedAndHasItsContext() throws Exception {
    var found = new CompletableFuture<Boolean>();

    run(() -> found.complete(Context.current() != null));

    assertThat(found.get()).isTrue();
    assertThat(agent.events()).isEmpty();
  }

  private static void ask() {
    ClientCall.begin("test", "POST", "https://api.openai.com/v1/chat/completions").end();
  }

  /** Until the method has returned or thrown. */
  private static void run(Runnable work) throws Exception {
    var digest = new Digest(work);
    try (var spring = new AnnotationConfigApplicationContext()) {
      spring.register(Scheduling.class);
      spring.registerBean(Digest.class, () -> digest);
      spring.refresh();
      digest.ran.get(10, TimeUnit.SECONDS);
    }
  }

  @Configuration
  @EnableScheduling
  static class Scheduling {}

  static class Digest {
    final CompletableFuture<Void> ran = new CompletableFuture<>();
    private final Runnable work;

    Digest(Runnable work) {
      this.work = work;
    }

    @Scheduled(fixedDelay = 3_600_000)
    public void write() {
      try {
        work.run();
      } finally {
        ran.complete(null);
      }
    }
  }
}
