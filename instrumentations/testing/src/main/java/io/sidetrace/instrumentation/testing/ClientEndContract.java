package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every client instrumentation ends a call: once, however the application leaves it. */
@NullUnmarked
public abstract class ClientEndContract extends ClientContract {
  private static final byte[] CHUNK = utf8("data: 1\n\n");

  /** Held by the answers of these tests, so that no answer ends by itself. */
  private volatile CountDownLatch testIsOver;

  @BeforeEach
  void holdTheServer() {
    testIsOver = new CountDownLatch(1);
  }

  @AfterEach
  void letTheServerGo() {
    testIsOver.countDown();
  }

  @Test
  @Covers(Behaviour.CLOSED)
  void readToTheEnd_theCallEndsBeforeTheBodyIsClosed() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    try (InputStream body = call(question()).body()) {
      body.readAllBytes();

      assertThat(exchange().event().responseSize().closedEarly()).isFalse();
    }

    assertThat(agent.events()).hasSize(1);
  }

  @Test
  @Covers(Behaviour.CLOSED)
  void closedAfterTheLastByte_isNotClosedEarly() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    try (InputStream body = call(question()).body()) {
      read(body, REPLY.length);
    }

    assertThat(exchange().event().responseSize())
        .isEqualTo(new Event.BodySize(REPLY.length, false, false));
  }

  @Test
  @Covers(Behaviour.CLOSED)
  void closedEarly_theCallKeepsWhatWasRead() throws Exception {
    answerOneChunkAndWait();

    try (InputStream body = call(question()).body()) {
      read(body, CHUNK.length);
    }

    assertClosedEarly(exchange(), CHUNK.length);
  }

  @Test
  @Covers(Behaviour.CLOSED)
  void closedUnread_theCallEnds() throws Exception {
    answerOneChunkAndWait();

    call(question()).body().close();

    assertThat(exchange().event().responseSize().closedEarly()).isTrue();
    assertThat(exchange().event().error()).isNull();
  }

  @Test
  @Covers(Behaviour.CANCEL)
  void cancelledWhileReading_theReaderStopsAsWithoutUsAndTheCallEnds() throws Exception {
    answerOneChunkAndWait();
    Callable<Throwable> cancelled = () -> cancelFromAnotherThread(call(question()));

    Throwable with = cancelled.call();

    assertClosedEarly(exchange(), CHUNK.length);
    if (!is(Limit.CANCELS_VARIOUSLY) && !is(Limit.CANCEL_WAITS)) {
      assertSameKind(with, untraced(cancelled));
      assertThat(with == null).isEqualTo(is(Limit.CANCEL_IS_THE_END));
    }
  }

  private Throwable cancelFromAnotherThread(Incoming answer) throws Exception {
    InputStream body = answer.body();
    read(body, CHUNK.length);
    CompletableFuture<Throwable> reader =
        CompletableFuture.supplyAsync(() -> catchThrowable(body::readAllBytes));
    if (is(Limit.CANCEL_WAITS)) {
      Executor another = work -> new Thread(work, "canceller").start();
      var cancelled = CompletableFuture.supplyAsync(() -> catchThrowable(answer::cancel), another);
      exchange();
      letTheServerGo();
      cancelled.get(20, TimeUnit.SECONDS);
    } else {
      answer.cancel();
    }
    return reader.get(20, TimeUnit.SECONDS);
  }

  @Test
  @Covers(Behaviour.CANCEL)
  void cancelledAfterTheLastByte_isNotClosedEarly() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));

    Incoming answer = call(question());
    read(answer);
    answer.cancel();

    assertThat(exchange().event().responseSize())
        .isEqualTo(new Event.BodySize(REPLY.length, false, false));
  }

  @Test
  @Covers(Behaviour.CANCEL)
  void cancelledBeforeTheAnswer_theCallEnds() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    server.answer(
        (request, reply) -> {
          arrived.countDown();
          testIsOver.await(20, TimeUnit.SECONDS);
        });

    CompletableFuture<Incoming> future = caller().callAsync(question());
    arrived.await(20, TimeUnit.SECONDS);
    future.cancel(true);
    boolean answered = is(Limit.CANCEL_WAITS);
    if (answered) {
      letTheServerGo();
    }

    Event event = exchange().event();
    assertThat(event.http().status()).isEqualTo(answered ? 200 : 0);
    assertThat(event.responseSize().closedEarly()).isEqualTo(!answered);
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
  }

  @Test
  @Covers(Behaviour.FAILURE)
  void brokenOff_theReaderFailsAsWithoutUsAndTheCallFails() throws Exception {
    Semaphore mayBreak = new Semaphore(0);
    server.answer(
        (request, reply) -> {
          reply.begin(200, "text/event-stream").write(CHUNK);
          mayBreak.tryAcquire(20, TimeUnit.SECONDS);
          reply.breakOff();
        });

    Throwable with = readBroken(mayBreak);

    Frame frame = exchange();
    byte[] captured = frame.response().toBytes();
    assertThat(captured).isEqualTo(Arrays.copyOf(CHUNK, captured.length)); // maybe nothing
    assertThat(captured).hasSizeGreaterThanOrEqualTo(is(Limit.RESET_OVERTAKES) ? 0 : CHUNK.length);
    assertSameKind(with, untraced(() -> readBroken(mayBreak)));
    boolean fails = !is(Limit.BREAK_IS_THE_END);
    assertThat(with != null).isEqualTo(fails);
    assertThat(frame.event().error() != null).isEqualTo(fails);
    assertThat(frame.event().level()).isEqualTo(fails ? Event.Level.ERROR : null);
    assertThat(frame.event().responseSize().closedEarly()).isEqualTo(fails);
  }

  /** Breaks off when what came before was read, or it may overtake that on a busy machine. */
  private Throwable readBroken(Semaphore mayBreak) {
    boolean overtakes = is(Limit.RESET_OVERTAKES);
    mayBreak.release(overtakes ? 1 : 0);
    return catchThrowable(
        () -> {
          try (InputStream body = call(question()).body()) {
            read(body, overtakes ? 0 : CHUNK.length);
            mayBreak.release(overtakes ? 0 : 1);
            body.readAllBytes();
          }
        });
  }

  @Test
  @Covers(Behaviour.FAILURE)
  void refused_theCallFailsAsWithoutUs() throws Exception {
    Callable<Throwable> refused = () -> catchThrowable(() -> call(toNobody()));

    Throwable with = refused.call();

    Event event = exchange().event();
    assertThat(event.error().type()).isEqualTo(with.getClass().getName());
    assertThat(event.error().message()).isEqualTo(with.getMessage());
    assertThat(event.http().status()).isZero();
    assertSameKind(with, untraced(refused));
  }

  @Test
  @Covers(Behaviour.TIMEOUT)
  void timedOut_theCallFailsAsWithoutUs() throws Exception {
    server.answer((request, reply) -> testIsOver.await(20, TimeUnit.SECONDS));
    Outgoing impatient = question().within(Duration.ofMillis(300));

    Throwable with = catchThrowable(() -> call(impatient));

    Event event = exchange().event();
    assertThat(event.error().type()).isEqualTo(with.getClass().getName());
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
    assertSameKind(with, untraced(() -> catchThrowable(() -> call(impatient))));
  }

  private void answerOneChunkAndWait() {
    server.answer(
        (request, reply) -> {
          reply.begin(200, "text/event-stream").write(CHUNK);
          testIsOver.await(20, TimeUnit.SECONDS);
        });
  }

  private static void assertClosedEarly(Frame frame, int read) {
    assertThat(frame.event().responseSize()).isEqualTo(new Event.BodySize(read, false, true));
    assertThat(frame.event().error()).isNull();
    assertThat(frame.event().level()).isNull();
  }

  private void assertSameKind(Throwable with, Throwable without) {
    if (without == null) {
      assertThat(with).isNull();
      return;
    }
    assertThat(with).isNotNull().hasSameClassAs(without);
    assertThat(message(with)).isEqualTo(message(without));
  }

  private String message(Throwable thrown) {
    String message = String.valueOf(thrown.getMessage()).replaceAll(":\\d{4,5}\\b", ":port");
    if (!is(Limit.FAILURES_HAVE_NUMBERS)) {
      return message;
    }
    // How far the sending of the request has come by then, on a thread of its own.
    String sending = "flush=.|\\b(PENDING|TERMINATED)/|\\(req=\\w+|\\{s=\\w+}";
    return message.replaceAll("(0x|@)\\p{XDigit}+|\\d+", "#").replaceAll(sending, "…");
  }
}
