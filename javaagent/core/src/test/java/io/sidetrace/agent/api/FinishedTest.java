package io.sidetrace.agent.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Between its end and the drainer's turn, what is told stays what was known at the end. */
class FinishedTest {
  private static final byte[] EARLY = "{\"early\":1}".getBytes(UTF_8);
  private static final byte[] LATE = "late".getBytes(UTF_8);

  private final List<Finished> finished = new ArrayList<>();

  @BeforeEach
  void install() {
    var settings = CaptureSettings.defaults(new Event.Origin("test", "test-1", null, null));
    Tracer.install(new Tracer(settings, finished::add));
  }

  @AfterEach
  void uninstall() {
    Tracer.install(null);
  }

  @Test
  void aClientCall_tellsNothingThatCameAfterItsEnd() {
    ClientCall call = ClientCall.begin("test", "POST", "http://model/v1/chat/completions");
    call.requestHead("application/json", null, -1);
    call.requestBytes(EARLY, 0, EARLY.length);
    call.responseHead(200, "application/json", null, -1);
    call.responseBytes(EARLY, 0, EARLY.length);
    call.closedEarly();
    long held = finished.get(0).heldBytes();

    call.requestHead("text/plain", null, -1);
    call.requestBytes(LATE, 0, LATE.length);
    call.responseHead(500, "text/plain", "gzip", -1);
    call.responseBytes(LATE, 0, LATE.length);
    call.end(new IllegalStateException("late"));

    assertThat(finished).hasSize(1);
    assertThat(held).isGreaterThanOrEqualTo(2L * EARLY.length);
    assertThat(finished.get(0).heldBytes()).isEqualTo(held);
    Frame frame = finished.get(0).frame();
    assertThat(frame.request().toBytes()).isEqualTo(EARLY);
    assertThat(frame.response().toBytes()).isEqualTo(EARLY);
    assertThat(frame.event().http().status()).isEqualTo(200);
    assertThat(frame.event().http().requestType()).isEqualTo("application/json");
    assertThat(frame.event().http().responseEncoding()).isNull();
    assertThat(frame.event().error()).isNull();
    assertThat(frame.event().responseSize())
        .isEqualTo(new Event.BodySize(EARLY.length, false, true));
    assertThat(frame.event().chunks()).hasSize(2);
  }

  @Test
  void aServerCall_tellsNothingThatCameAfterItsEnd() {
    ServerCall call = ServerCall.begin("POST", "/orders/7", HeaderLookup.NONE);
    call.route("/orders/{id}");
    call.responseHead("application/json", null, -1);
    call.responseBytes(EARLY, 0, EARLY.length);
    call.end(200, null);
    long held = finished.get(0).heldBytes();

    call.route("/error");
    call.responseBytes(LATE, 0, LATE.length);
    call.clientGone(new IllegalStateException("late"));
    call.end(500, null);

    assertThat(finished).hasSize(1);
    assertThat(finished.get(0).heldBytes()).isEqualTo(held);
    Frame frame = finished.get(0).frame();
    assertThat(frame.event().name()).isEqualTo("POST /orders/{id}");
    assertThat(frame.event().http().route()).isEqualTo("/orders/{id}");
    assertThat(frame.event().http().status()).isEqualTo(200);
    assertThat(frame.event().level()).isNull();
    assertThat(frame.event().error()).isNull();
    assertThat(frame.response().toBytes()).isEqualTo(EARLY);
  }

  @Test
  void withoutBodies_sizesStayAndNothingIsHeld() {
    ClientCall call = ClientCall.begin("test", "POST", "http://model/v1/chat/completions");
    call.requestBytes(EARLY, 0, EARLY.length);
    call.responseHead(200, "application/json", null, -1);
    call.responseBytes(EARLY, 0, EARLY.length);
    call.end();
    ServerCall served = ServerCall.begin("POST", "/orders/7", HeaderLookup.NONE);
    served.requestBytes(EARLY, 0, EARLY.length);
    served.end(204, null);

    Finished exchange = finished.get(0).withoutBodies();
    Finished request = finished.get(1).withoutBodies();

    var dropped = new Event.BodySize(EARLY.length, true, false);
    assertThat(exchange.heldBytes()).isZero();
    assertThat(exchange.frame().request().length()).isZero();
    assertThat(exchange.frame().response().length()).isZero();
    assertThat(exchange.frame().event().requestSize()).isEqualTo(dropped);
    assertThat(exchange.frame().event().responseSize()).isEqualTo(dropped);
    assertThat(exchange.frame().event().chunks()).isEmpty();
    assertThat(request.heldBytes()).isZero();
    assertThat(request.frame().request().length()).isZero();
    assertThat(request.frame().event().requestSize()).isEqualTo(dropped);
    assertThat(request.frame().event().responseSize()).isNull();
    assertThat(request.frame().event().http().status()).isEqualTo(204);
  }

  @Test
  void aBodyWithoutAType_isGivenUpIfItIsNoText() {
    ServerCall call = ServerCall.begin("GET", "/", HeaderLookup.NONE);
    call.responseHead(null, null, -1);
    call.responseBytes(new byte[] {1, 2, 3}, 0, 3);
    call.end(200, null);
    long held = finished.get(0).heldBytes();

    Frame frame = finished.get(0).frame();

    assertThat(frame.response().length()).isZero();
    assertThat(frame.event().responseSize()).isEqualTo(new Event.BodySize(3, true, false));
    assertThat(finished.get(0).heldBytes()).as("what the queue gives back").isEqualTo(held);
  }
}
