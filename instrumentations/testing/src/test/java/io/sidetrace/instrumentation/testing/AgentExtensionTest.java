package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.app.Greeter;
import io.sidetrace.event.Event;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AgentExtensionTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private final Greeter greeter = new Greeter();

  @Test
  void instrumentationsOfTheClassPath_areWoven() {
    assertThat(greeter.greet("you")).isEqualTo("Hello you");

    Event event = agent.awaitEvent().event();
    assertThat(event.kind()).isEqualTo(Event.Kind.REQUEST);
    assertThat(event.http().url()).endsWith("/greetings/you");
  }

  @Test
  void anError_isRecorded() {
    assertThatThrownBy(() -> greeter.fail("us")).hasMessage("us");

    assertThat(agent.awaitEvent().event().error().message()).isEqualTo("us");
  }

  @Test
  void adviceThatFailed_failsTheTest() {
    assertThatThrownBy(() -> runUnderAgent(() -> greeter.greet("")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("advice failed and was suppressed")
        .hasMessageContaining("advice fails");
  }

  @Test
  void aCallThatDoesNotEnd_failsTheTest() {
    assertThatThrownBy(() -> runUnderAgent(() -> greeter.greet("open")))
        .hasMessage("1 calls or spans have not ended");
  }

  @Test
  void aContextLeftBehind_failsTheTest() {
    assertThatThrownBy(() -> runUnderAgent(() -> greeter.greet("attached")))
        .hasMessage("the test's thread is left inside a context");
  }

  /** A test inside this test. */
  private static void runUnderAgent(Runnable test) {
    var inner = new AgentExtension(settings -> settings, Duration.ofMillis(50));
    inner.start();
    try {
      test.run();
      inner.check();
    } finally {
      agent.start();
    }
  }
}
