package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Bodies of every kind, captured as the application writes and reads them. */
@NullUnmarked
abstract class ClientBodyContract extends ClientContextContract {

  @Test
  @Covers(Behaviour.ENCODED)
  void gzip_isCapturedAsTheApplicationReadsIt() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(REPLY);
    }
    server.answer(
        (request, reply) ->
            reply.header("Content-Encoding", "gzip").send(200, JSON, zipped.toByteArray()));

    byte[] body = read(question());

    assertCapturedAsRead(body, "gzip", zipped.toByteArray());
  }

  @Test
  @Covers(Behaviour.ENCODED)
  void deflate_isCapturedAsTheApplicationReadsIt() throws Exception {
    ByteArrayOutputStream deflated = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(deflated)) {
      deflate.write(REPLY);
    }
    server.answer(
        (request, reply) ->
            reply.header("Content-Encoding", "deflate").send(200, JSON, deflated.toByteArray()));

    assertCapturedAsRead(read(question()), "deflate", deflated.toByteArray());
  }

  private void assertCapturedAsRead(byte[] body, String encoding, byte[] sent) {
    boolean inflated = caller().inflates(encoding);
    assertThat(body).isEqualTo(inflated ? REPLY : sent);
    Frame frame = exchange();
    assertThat(frame.response().toBytes()).isEqualTo(body);
    assertThat(frame.event().http().responseEncoding()).isEqualTo(inflated ? null : encoding);
  }

  @Test
  @Covers(Behaviour.STREAM)
  void aStream_isDeliveredAsItComes_andItsChunksAreNoted() throws Exception {
    CountDownLatch firstRead = new CountDownLatch(1);
    server.answer(
        (request, reply) -> {
          reply.begin(200, "text/event-stream").write(utf8("data: 1\n\n"));
          assertThat(firstRead.await(20, TimeUnit.SECONDS)).as("chunk 1 was read").isTrue();
          reply.write(utf8("data: 2\n\n"));
        });
    long began = System.nanoTime();

    try (InputStream body = call(question()).body()) {
      assertThat(read(body, 9)).isEqualTo(utf8("data: 1\n\n"));
      firstRead.countDown();
      assertThat(body.readAllBytes()).isEqualTo(utf8("data: 2\n\n"));
    }

    Event event = exchange().event();
    long took = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began);
    long[] chunks = event.chunks();
    assertThat(chunks).hasSize(4);
    assertThat(new long[] {chunks[0], chunks[2]}).containsExactly(0, 9);
    assertThat(chunks[1]).isPositive().isLessThanOrEqualTo(chunks[3]);
    assertThat(chunks[3]).isLessThanOrEqualTo(took);
    assertThat(event.durationNanos() / 1000).isGreaterThanOrEqualTo(chunks[3]);
    assertThat(event.responseSize()).isEqualTo(new Event.BodySize(18, false, false));
  }

  @Test
  @Covers(Behaviour.ONE_SHOT)
  void aOneShotBody_isSentOnceAndCaptured() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, REPLY));

    assertThat(read(question().asOneShot())).isEqualTo(REPLY);

    assertThat(server.received().get(0).body()).isEqualTo(QUESTION);
    assertThat(exchange().request().toBytes()).isEqualTo(QUESTION);
  }

  @Test
  @Covers(Behaviour.WHOLE)
  void anAnswerWithoutBody_isRecorded() throws Exception {
    server.answer((request, reply) -> reply.begin(204, JSON));

    assertThat(read(question())).isEmpty();

    Frame frame = exchange();
    assertThat(frame.event().http().status()).isEqualTo(204);
    assertThat(frame.event().responseSize()).isEqualTo(new Event.BodySize(0, false, false));
  }

  @Test
  @Covers(Behaviour.WHOLE)
  void anEmptyBody_isRecorded() throws Exception {
    server.answer((request, reply) -> reply.send(200, JSON, new byte[0]));

    assertThat(read(Outgoing.post(server.uri(CHAT), new byte[0]))).isEmpty();

    Frame frame = exchange();
    assertThat(frame.request().length()).isZero();
    assertThat(frame.event().responseSize()).isEqualTo(new Event.BodySize(0, false, false));
  }

  @Test
  @Covers(Behaviour.WHOLE)
  void longBodies_passWholeAndAreCapturedUpToTheBound() throws Exception {
    byte[] question = new byte[(3 << 20) + 17];
    byte[] answer = new byte[(5 << 20) + 3];
    Arrays.fill(question, (byte) 'q');
    Arrays.fill(answer, (byte) 'a');
    server.answer((request, reply) -> reply.begin(200, JSON).write(answer));

    assertThat(read(Outgoing.post(server.uri(CHAT), question))).isEqualTo(answer);

    assertThat(server.received().get(0).body()).isEqualTo(question);
    Frame frame = exchange();
    assertThat(frame.request().toBytes()).isEqualTo(Arrays.copyOf(question, 1 << 20));
    assertThat(frame.response().toBytes()).isEqualTo(Arrays.copyOf(answer, 1 << 20));
    assertThat(frame.event().requestSize().size()).isEqualTo(question.length);
    assertThat(frame.event().requestSize().truncated()).isTrue();
    assertThat(frame.event().responseSize().size()).isEqualTo(answer.length);
    assertThat(frame.event().responseSize().truncated()).isTrue();
  }
}
