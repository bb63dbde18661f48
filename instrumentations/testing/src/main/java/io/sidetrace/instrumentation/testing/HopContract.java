package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.event.Event;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.CoverageExtension;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every way of a library to hand work to another thread keeps: the work stays in the request
 * that asked for it, and the thread that ran it is left as it was.
 */
@SuppressWarnings("NullAway") // a null fails the test, as it should
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(CoverageExtension.class)
public abstract class HopContract implements Covered {

  @RegisterExtension protected static final AgentExtension agent = new AgentExtension();

  /** A way to have work done elsewhere. */
  @FunctionalInterface
  public interface Way {

    /**
     * Waits for the work.
     *
     * @return what it returned
     */
    @Nullable Object run(Callable<@Nullable Object> work) throws Exception;
  }

  /**
   * @param name as in the library's documentation
   */
  public record Hop(String name, Way way) {

    @Override
    public String toString() {
      return name;
    }
  }

  /** All ways the library has; called once. */
  protected abstract List<Hop> hops();

  private final List<ServerCall> begun = new ArrayList<>();

  @AfterEach
  void end() {
    Context.restore(null);
    begun.forEach(request -> request.end(200, null));
    begun.clear();
  }

  @ParameterizedTest
  @MethodSource("hops")
  @Covers(Behaviour.HOP)
  void anLlmCallAfterTheHop_staysInItsTrace(Hop hop) throws Exception {
    ServerCall request = begin();
    Context.attach(request.context());

    Object where =
        hop.way()
            .run(
                () -> {
                  ClientCall.begin("test", "POST", "https://api.openai.com/v1/chat/completions")
                      .end();
                  return Thread.currentThread();
                });

    Context.restore(null);
    request.end(200, null);
    Event call = agent.awaitEvents(2).get(0).event();
    Event root = agent.events().get(1).event();
    assertThat(where).isInstanceOf(Thread.class);
    assertThat(call.traceId()).isEqualTo(root.traceId());
    assertThat(call.parentSpanId()).isEqualTo(root.spanId());
  }

  @ParameterizedTest
  @MethodSource("hops")
  @Covers(Behaviour.HOP_LEFT)
  void threads_areLeftWithoutContext(Hop hop) throws Exception {
    ServerCall request = begin();
    Context.attach(request.context());
    assertThat(hop.way().run(Context::current)).isSameAs(request.context());
    assertThat(Context.current()).isSameAs(request.context());

    Context.restore(null);
    request.end(200, null);

    for (int i = 0; i < 5; i++) {
      assertThat(hop.way().run(Context::current)).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource("hops")
  @Covers(Behaviour.HOP_FAILED)
  void anExceptionOfTheWork_leavesNothingBehind(Hop hop) throws Exception {
    ServerCall request = begin();
    Context.attach(request.context());
    Throwable thrown = null;
    try {
      hop.way()
          .run(
              () -> {
                throw new IllegalStateException("boom");
              });
    } catch (Exception e) {
      thrown = e;
    }

    Context.restore(null);
    request.end(200, null);

    assertThat(thrown).hasStackTraceContaining("boom");
    assertThat(hop.way().run(Context::current)).isNull();
  }

  @Test
  @Covers(Behaviour.HOPS)
  void requestsInTurns_keepApart() throws Exception {
    List<Hop> hops = hops();
    Context one = begin().context();
    Context two = begin().context();

    for (int i = 0; i < 10; i++) {
      for (Hop hop : hops) {
        Context context = i % 2 == 0 ? one : two;
        Context.attach(context);
        assertThat(hop.way().run(Context::current)).as(hop.name()).isSameAs(context);
      }
    }
  }

  private ServerCall begin() {
    ServerCall request = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    begun.add(request);
    return request;
  }
}
