package io.sidetrace.agent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientCallTest {
  private static final String CHAT = "https://api.openai.com/v1/chat/completions?key=k";
  private static final String RESPONSES = "https://api.openai.com/v1/responses";
  private static final byte[] BODY = "{\"model\":\"m\"}".getBytes(UTF_8);

  private final List<Frame> frames = new CopyOnWriteArrayList<>();
  private final Tracer tracer =
      new Tracer(
          CaptureSettings.defaults(new Event.Origin("test", "1", null, null)),
          event -> frames.add(event.frame()));
  private final long failures = Guard.failures();

  @BeforeEach
  void install() {
    Tracer.install(tracer);
  }

  @AfterEach
  void nothingIsLeft() {
    Tracer.install(null);
    assertThat(tracer.open()).isZero();
    assertThat(Guard.failures()).isEqualTo(failures);
  }

  @Test
  void aCall_becomesOneExchange() {
    ClientCall call = ClientCall.begin("test", "POST", CHAT);
    call.requestHead("application/json", null, BODY.length);
    call.requestBytes(BODY, 0, BODY.length);
    call.responseHead(200, "text/event-stream", "gzip", -1);
    call.responseBytes(BODY, 0, 3);
    call.responseBytes(BODY, 3, 4);
    call.end();

    assertThat(frames).hasSize(1);
    Event event = frames.get(0).event();
    assertThat(event.name()).isEqualTo("POST /v1/chat/completions");
    assertThat(event.http().url()).isEqualTo("https://api.openai.com/v1/chat/completions?key=***");
    assertThat(event.http().responseEncoding()).isEqualTo("gzip");
    assertThat(frames.get(0).request().toBytes()).isEqualTo(BODY);
    assertThat(frames.get(0).response().toUtf8()).isEqualTo("{\"model");
    assertThat(event.chunks()).hasSize(4);
    assertThat(event.chunks()[2]).isEqualTo(3);
  }

  @Test
  void whateverEndsItFirst_countsAlone() throws Exception {
    ClientCall call = ClientCall.begin("test", "POST", CHAT);
    CyclicBarrier start = new CyclicBarrier(4);
    List<Runnable> ends =
        List.of(call::end, call::closedEarly, () -> call.end(new IOException()), call::abandoned);

    List<Thread> threads =
        ends.stream()
            .map(
                end ->
                    new Thread(
                        () -> {
                          try {
                            start.await();
                          } catch (Exception e) {
                            throw new IllegalStateException(e);
                          }
                          end.run();
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(frames).hasSize(1);
  }

  @Test
  void afterTheEnd_nothingIsTaken() {
    ClientCall call = ClientCall.begin("test", "POST", CHAT);
    call.requestBytes(BODY, 0, BODY.length);
    call.end();

    call.requestHead("text/plain", null, 5);
    call.requestBytes(BODY, 0, 5);
    call.responseBytes(BODY, 0, 5);

    assertThat(frames.get(0).request().toBytes()).isEqualTo(BODY);
    assertThat(frames.get(0).response().length()).isZero();
  }

  @Test
  void aRequestSentAgain_isCapturedOnce() {
    ClientCall call = ClientCall.begin("test", "POST", CHAT);
    IntStream.range(0, 3)
        .forEach(
            attempt -> {
              call.requestHead("application/json", null, BODY.length);
              call.requestBytes(BODY, 0, BODY.length);
            });
    call.end();

    assertThat(frames.get(0).request().toBytes()).isEqualTo(BODY);
    assertThat(frames.get(0).event().requestSize().size()).isEqualTo(BODY.length);
  }

  @Test
  void aLookAlike_leavesNoEvent() {
    ClientCall call = ClientCall.begin("test", "POST", RESPONSES);
    call.requestBytes("{\"answer\":42}".getBytes(UTF_8), 0, 13);
    call.end();

    assertThat(frames).isEmpty();
  }

  @Test
  void aCallThatNeverSentItsBody_isKept() {
    ClientCall.begin("test", "POST", RESPONSES).end(new IOException("refused"));

    assertThat(frames).hasSize(1);
    assertThat(frames.get(0).event().error().message()).isEqualTo("refused");
  }

  @Test
  void aCallInsideACall_isTheSameCall() {
    ClientCall call = ClientCall.begin("test", "POST", CHAT);

    assertThat(ClientCall.begin(call.context(), "below", "POST", CHAT)).isNull();

    call.end();
  }

  @Test
  void withoutATracer_noCallBegins() {
    Tracer.install(null);

    assertThat(ClientCall.begin("test", "POST", CHAT)).isNull();
  }

  @Test
  void aDroppedResponse_endsItsCallAtItsLastByte() {
    long before = System.nanoTime();
    ClientCall call = ClientCall.begin("test", "POST", CHAT);
    call.responseHead(200, "application/json", null, -1);
    call.responseBytes(BODY, 0, BODY.length);
    long answered = System.nanoTime();
    call.endWhenUnreachable(new Object());

    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (frames.isEmpty() && System.nanoTime() < deadline) {
      System.gc();
      Tracer.endAbandoned();
    }

    Event event = frames.get(0).event();
    assertThat(event.responseSize()).isEqualTo(new Event.BodySize(BODY.length, false, true));
    assertThat(event.durationNanos()).isLessThanOrEqualTo(answered - before);
    assertThat(frames.get(0).response().toBytes()).isEqualTo(BODY);
  }
}
