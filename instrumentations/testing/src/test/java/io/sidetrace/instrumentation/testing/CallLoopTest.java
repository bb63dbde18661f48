package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallLoopTest {
  private final FakeLlm server = FakeLlm.start();
  private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
  private final CallLoop loop = new CallLoop(new UrlCaller());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void obey_callsAsOftenAsAskedAndTellsWhatEachTook() throws Exception {
    server.answer((request, reply) -> reply.send(200, "text/plain", request.body()));

    obey("what?", 1_500, 60_000, 0);

    assertThat(server.received()).hasSize(1_500);
    assertThat(server.received().get(7).body()).asString(UTF_8).isEqualTo("what?");
    var told = new DataInputStream(new ByteArrayInputStream(answer.toByteArray()));
    assertThat(told.readInt()).isEqualTo(1_500);
    for (int i = 0; i < 1_500; i++) {
      assertThat(told.readLong()).isPositive();
    }
    assertThat(told.readLong()).isEqualTo(1_500 * 5);
    assertThat(told.read()).isNegative();
  }

  @Test
  void obey_endsWhenItsTimeIsOver() throws Exception {
    obey("what?", 1_500, 0, 0);

    var told = new DataInputStream(new ByteArrayInputStream(answer.toByteArray()));
    assertThat(told.readInt()).isZero();
  }

  @Test
  void obey_atARateMakesAsManyCallsAsAreDueAndCountsFromThen() throws Exception {
    var calls = new AtomicInteger();
    server.answer(
        (request, reply) -> {
          if (calls.incrementAndGet() == 1) {
            Thread.sleep(100);
          }
          reply.send(200, "text/plain", request.body());
        });

    obey("what?", 1_500, 200, 50);

    var told = new DataInputStream(new ByteArrayInputStream(answer.toByteArray()));
    assertThat(told.readInt()).isEqualTo(10);
    told.readLong();
    assertThat(told.readLong()).as("was due while the first was made").isGreaterThan(80_000_000);
  }

  @Test
  void obey_failsWhereTheAnswerIsNone() {
    server.answer((request, reply) -> reply.send(503, "text/plain", new byte[0]));

    assertThatThrownBy(() -> obey("what?", 1, 60_000, 0)).hasMessage("answered with 503");
  }

  private void obey(String body, int calls, int millis, int perSecond) throws Exception {
    var command = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(command)) {
      out.writeUTF(server.uri("/").toString());
      out.writeInt(body.length());
      out.writeBytes(body);
      out.writeInt(calls);
      out.writeInt(millis);
      out.writeInt(perSecond);
    }
    loop.obey(
        new DataInputStream(new ByteArrayInputStream(command.toByteArray())),
        new DataOutputStream(answer));
  }
}
