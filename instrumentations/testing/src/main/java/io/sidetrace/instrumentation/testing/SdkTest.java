package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.NullUnmarked;

/**
 * An SDK with everything that ships woven at once: it returns what it returns without the agent,
 * and one call is one exchange however many instrumented libraries it passes.
 *
 * <p>Its row in the coverage table: each test says {@code @Covers(Behaviour.SDK_…)}, the class says
 * {@link #library} by a class of the SDK, and {@link #limits} gives a reason for each column that
 * has no test. Where the tests run for several providers, as in {@link ModelContract}, the enum
 * they run for implements {@link Covered} instead, and each provider is a row.
 */
@NullUnmarked
public abstract class SdkTest extends ClientContract {

  protected static final byte[] REFUSAL = utf8("{\"error\":{\"type\":\"bad\",\"message\":\"no\"}}");

  @Override
  protected Caller caller() {
    throw new AssertionError("each SDK calls by itself");
  }

  @Override
  public Library library() {
    throw new AssertionError("a test has @Covers: say of which library");
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of();
  }

  protected static byte[] reply(String name) {
    try (InputStream in = SdkTest.class.getResourceAsStream("/replies/" + name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new IllegalStateException(name, e);
    }
  }

  protected static FakeLlm.Answer json(String name) {
    return (request, answer) -> answer.send(200, JSON, reply(name));
  }

  /** A reply for each call, and again from the first for who calls anew. */
  protected FakeLlm.Answer inTurn(String... names) {
    return (request, answer) ->
        answer.send(200, JSON, reply(names[(server.received().size() - 1) % names.length]));
  }

  protected static FakeLlm.Answer refusal() {
    return (request, answer) -> answer.send(400, JSON, REFUSAL);
  }

  /** What the application sees of work that fails. */
  protected static String outcome(Callable<?> work) {
    try {
      return String.valueOf(work.call());
    } catch (Exception e) {
      return e.getClass() + ": " + e.getMessage();
    }
  }

  /** In two chunks, as streams come. */
  protected static FakeLlm.Answer stream(String name, String contentType) {
    byte[] whole = reply(name);
    int half = whole.length / 2;
    return (request, answer) -> {
      answer.begin(200, contentType);
      answer.write(Arrays.copyOf(whole, half));
      answer.write(Arrays.copyOfRange(whole, half, whole.length));
    };
  }

  /**
   * Runs the work without the agent, and in a served request with it.
   *
   * @return the exchange, whose bytes are those on the wire
   */
  protected Frame once(String client, FakeLlm.Answer answer, Callable<?> work) throws Exception {
    return exchanges(1, client, answer, work).get(0);
  }

  /** As {@link #once} for work that calls more than once, one call after the other. */
  protected List<Frame> exchanges(int count, String client, FakeLlm.Answer answer, Callable<?> work)
      throws Exception {
    server.answer(answer);
    Object without = untraced(work::call);
    AtomicReference<Object> with = new AtomicReference<>();

    Event parent =
        inRequest(
            () -> {
              with.set(work.call());
              agent.awaitEvents(count);
            });

    assertThat(with.get()).isEqualTo(without);
    assertThat(agent.events()).hasSize(count + 1);
    List<Frame> exchanges = agent.events().subList(0, count);
    for (int i = 0; i < count; i++) {
      Frame exchange = exchanges.get(i);
      assertThat(exchange.event().kind()).isEqualTo(Event.Kind.EXCHANGE);
      assertThat(exchange.event().http().client()).isEqualTo(client);
      assertThat(exchange.event().parentSpanId()).isEqualTo(parent.spanId());
      assertThat(exchange.request().toBytes()).isEqualTo(server.received().get(count + i).body());
    }
    return exchanges;
  }
}
