package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where an application hears of a body, inside the library's callback and on its thread, it may
 * call again: for the same request as the first time, and beside the first call, not below it.
 */
@NullUnmarked
abstract class ClientCallbackContract extends ClientLoadContract {
  private static final byte[] CHUNK = utf8("data: 1\n\n");
  private static final byte[] AGAIN = utf8("{\"model\":\"m\",\"messages\":[\"again\"]}");

  /** As many as a client makes to one host at least, and more than it has threads here. */
  private static final int PROBES = 5;

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Covers(Behaviour.ASYNC)
  void callsFromTheCallbacksOfABody_areSiblingsOfItsCall(boolean http2) throws Exception {
    CallingAgain heard = new CallingAgain();
    answerInTwoParts(heard, true);

    Event parent = listenInRequest(http2 ? question().overHttp2() : question(), heard);

    assertThat(heard.failure()).isNull();
    assertThat(heard.calls).as("calls, one at the end").hasSizeGreaterThan(2);
    assertSiblings(parent, heard, 1 + heard.calls.size());
  }

  @Test
  @Covers(Behaviour.ASYNC)
  void callsFromTheCallbacksOfAnotherBody_areInTheRequest() throws Exception {
    CallingAgain heard = new CallingAgain();
    answerInTwoParts(heard, true);

    Event parent = listenInRequest(Outgoing.post(server.uri("/a/file"), QUESTION), heard);

    assertThat(heard.calls).as("calls, one at the end").hasSizeGreaterThan(2);
    assertSiblings(parent, heard, heard.calls.size());
  }

  @Test
  @Covers(Behaviour.ASYNC)
  void aCallFromTheCallbackOfABrokenBody_isASiblingOfItsCall() throws Exception {
    CallingAgain heard = new CallingAgain();
    answerInTwoParts(heard, false);

    Event parent = listenInRequest(question(), heard);

    assertThat(heard.failure() == null).isEqualTo(is(Limit.BREAK_IS_THE_END));
    assertSiblings(parent, heard, 1 + heard.calls.size());
  }

  @Test
  @Covers(Behaviour.ASYNC)
  void aCallFromTheCallbackOfARefusal_isASiblingOfTheRefused() throws Exception {
    CallingAgain heard = new CallingAgain();
    answerInTwoParts(heard, true);

    Event parent = listenInRequest(toNobody(), heard);

    assertThat(heard.failure()).isNotNull();
    if (!heard.contexts.contains(null) || !is(Limit.MAY_LOSE_CONTEXT)) {
      assertSiblings(parent, heard, 2);
    }
  }

  /** What is no LLM call outside of all requests runs as it finds the library's threads. */
  @Test
  @Covers(Behaviour.ASYNC)
  void threadsThatCallBack_areLeftWithoutContext() throws Exception {
    for (boolean whole : new boolean[] {true, false}) {
      CallingAgain heard = new CallingAgain();
      answerInTwoParts(heard, whole);
      listenInRequest(question(), heard);
    }
    CountDownLatch asked = new CountDownLatch(PROBES);
    server.answer(
        (request, reply) -> {
          asked.countDown();
          // All at once, unless the client still holds a place for a call that has just ended.
          asked.await(1, TimeUnit.SECONDS);
          reply.begin(200, JSON).write(REPLY);
        });

    List<Noting> probes = new ArrayList<>();
    for (int i = 0; i < PROBES; i++) {
      probes.add(new Noting());
      caller().listen(Outgoing.post(server.uri("/a/file"), QUESTION), probes.get(i));
    }

    for (Noting probe : probes) {
      assertThat(probe.failure()).isNull();
      assertThat(probe.contexts).hasSizeGreaterThan(1).containsOnlyNulls();
    }
  }

  /** In two parts, of which the second waits until the application has heard of the first. */
  private void answerInTwoParts(Noting listener, boolean whole) {
    server.answer(
        (request, reply) -> {
          if (Arrays.equals(request.body(), AGAIN)) {
            reply.send(200, JSON, REPLY);
            return;
          }
          listener.asked.await(20, TimeUnit.SECONDS);
          reply.begin(200, "text/event-stream").write(CHUNK);
          listener.heard.await(20, TimeUnit.SECONDS);
          if (whole) {
            reply.write(CHUNK);
          } else {
            reply.breakOff();
          }
        });
  }

  private Event listenInRequest(Outgoing request, CallingAgain listener) throws Exception {
    return inRequest(
        () -> {
          listener.here = Context.current();
          caller().listen(request, listener);
          listener.asked.countDown();
          listener.failure();
          for (CompletableFuture<byte[]> call : listener.calls) {
            assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(REPLY);
          }
        });
  }

  private void assertSiblings(Event parent, CallingAgain listener, int exchanges) {
    assertThat(listener.contexts).containsOnly(listener.here);
    assertThat(agent.awaitEvents(1 + exchanges))
        .hasSize(1 + exchanges)
        .extracting(Frame::event)
        .filteredOn(event -> event.kind() == Event.Kind.EXCHANGE)
        .allSatisfy(
            event -> {
              assertThat(event.parentSpanId()).isEqualTo(parent.spanId());
              assertThat(event.traceId()).isEqualTo(parent.traceId());
            });
  }

  /** Notes the context of each callback. */
  private static class Noting implements Caller.Listener {
    final CountDownLatch asked = new CountDownLatch(1);
    final CountDownLatch heard = new CountDownLatch(1);
    final List<Context> contexts = new CopyOnWriteArrayList<>();
    private final AtomicBoolean isOver = new AtomicBoolean();
    private final CompletableFuture<Throwable> end = new CompletableFuture<>();

    /** Does what the application does in a callback. */
    void act() {}

    @Override
    public final void onChunk() {
      note();
      heard.countDown();
    }

    @Override
    public final void onEnd(Throwable failure) {
      if (isOver.compareAndSet(false, true)) {
        note();
        end.complete(failure);
      }
    }

    private void note() {
      contexts.add(Context.current());
      act();
      contexts.add(Context.current());
    }

    /** Waits for the end; null: the body was whole. */
    final Throwable failure() throws Exception {
      return end.get(20, TimeUnit.SECONDS);
    }
  }

  /** Makes another call in each callback. */
  private final class CallingAgain extends Noting {
    final List<CompletableFuture<byte[]>> calls = new CopyOnWriteArrayList<>();
    private Context here;

    @Override
    void act() {
      Outgoing again = Outgoing.post(server.uri(CHAT), AGAIN);
      calls.add(caller().callAsync(again).thenApplyAsync(ClientContract::readUnchecked));
    }
  }
}
