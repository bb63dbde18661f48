package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Event.Kind;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.FakeLlm.Received;
import io.sidetrace.instrumentation.testing.FakeLlm.Reply;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many calls of every kind at once, most inside requests of their own, some inside none. */
@NullUnmarked
abstract class ClientLoadContract extends ClientContract {
  private static final Pattern NUMBER = Pattern.compile("^\\{\"model\":\"m\",\"call\":(\\d+),");

  /** By the number of the call in turns. */
  private enum Form {
    PLAIN,
    STREAM,
    GZIP,
    ONE_SHOT;

    static Form of(int number) {
      return values()[number % values().length];
    }
  }

  @Test
  @Timeout(180)
  @Covers(Behaviour.CLIENT_LOAD)
  void underLoad_everyBodyAndEventIsWhole() throws Exception {
    server.answer(ClientLoadContract::answer);
    untraced(
        () -> {
          Load.run(this::callAndCompare);
          return null;
        });
    int threads = Load.threads();

    Load.run(number -> inRequestOrNot(number, () -> callAndCompare(number)));

    int events = 2 * Load.CALLS - Load.CALLS / 9;
    List<Frame> frames = agent.awaitEvents(events);
    assertThat(frames).hasSize(events);
    assertWhole(frames);
    Load.assertNoneLeft(threads);
  }

  private static void answer(Received request, Reply reply) throws IOException {
    byte[] body = request.body();
    switch (Form.valueOf(request.headers().get("x-form"))) {
      case PLAIN -> reply.send(200, JSON, body);
      case GZIP -> reply.header("Content-Encoding", "gzip").send(200, JSON, gzip(body));
      case ONE_SHOT -> reply.begin(200, JSON).write(body);
      case STREAM -> {
        reply.begin(200, "text/event-stream");
        int third = body.length / 3;
        reply.write(Arrays.copyOf(body, third));
        reply.write(Arrays.copyOfRange(body, third, 2 * third));
        reply.write(Arrays.copyOfRange(body, 2 * third, body.length));
      }
    }
  }

  private void callAndCompare(int number) throws Exception {
    Form form = Form.of(number);
    Outgoing request =
        Outgoing.post(server.uri(CHAT), body(number))
            .headers(Map.of("Content-Type", JSON, "X-Form", form.name()));
    if (form == Form.ONE_SHOT) {
      request = request.asOneShot();
    }

    Incoming answer =
        number / 4 % 2 == 0 ? call(request) : caller().callAsync(request).get(60, TimeUnit.SECONDS);

    assertThat(read(answer)).as("body of call %s, %s", number, form).isEqualTo(expected(number));
  }

  private static byte[] body(int number) {
    return utf8("{\"model\":\"m\",\"call\":" + number + ",\"text\":\"" + Load.text(number) + "\"}");
  }

  private byte[] expected(int number) throws IOException {
    boolean zipped = Form.of(number) == Form.GZIP && !caller().inflates("gzip");
    return zipped ? gzip(body(number)) : body(number);
  }

  private static void inRequestOrNot(int number, Work work) throws Exception {
    if (isOutside(number)) {
      work.run();
      return;
    }
    ServerCall request = ServerCall.begin("POST", "/ask/" + number, HeaderLookup.NONE);
    Context.attach(request.context());
    try {
      work.run();
      assertThat(Context.current()).as("context after the call").isSameAs(request.context());
    } finally {
      Context.restore(null);
      request.end(200, null);
    }
  }

  private static boolean isOutside(int number) {
    return number % 9 == 8;
  }

  private void assertWhole(List<Frame> frames) throws IOException {
    Map<String, Event> parents = new HashMap<>();
    for (Frame frame : frames) {
      if (frame.event().kind() == Kind.REQUEST) {
        parents.put(frame.event().http().url(), frame.event());
      }
    }
    Set<Integer> seen = new HashSet<>();
    for (Frame frame : frames) {
      if (frame.event().kind() == Kind.EXCHANGE) {
        int number = number(frame);
        assertThat(seen.add(number)).as("call %s is recorded once", number).isTrue();
        assertWhole(frame, number, parents.get("/ask/" + number));
      }
    }
    assertThat(seen).hasSize(Load.CALLS);
  }

  private static int number(Frame frame) {
    Matcher number = NUMBER.matcher(frame.request().toUtf8());
    assertThat(number.find()).as("a call with a body of another: %s", frame).isTrue();
    return Integer.parseInt(number.group(1));
  }

  private void assertWhole(Frame frame, int number, Event parent) throws IOException {
    Event event = frame.event();
    byte[] response = expected(number);
    assertThat(frame.request().toBytes()).as("request of call %s", number).isEqualTo(body(number));
    assertThat(frame.response().toBytes()).as("response of call %s", number).isEqualTo(response);
    assertThat(event.error()).as("error of call %s", number).isNull();
    assertThat(event.requestSize()).isEqualTo(new BodySize(body(number).length, false, false));
    assertThat(event.responseSize())
        .as("size of the answer to call %s, %s", number, Form.of(number))
        .isEqualTo(new BodySize(response.length, false, false));
    assertThat(event.http().status()).isEqualTo(200);
    assertThat(event.chunks()).isNotEmpty();
    assertThat(parent == null).as("call %s without a request", number).isEqualTo(isOutside(number));
    assertThat(event.parentSpanId()).isEqualTo(parent == null ? null : parent.spanId());
    if (parent != null) {
      assertThat(event.traceId()).isEqualTo(parent.traceId());
    }
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(bytes);
    }
    return zipped.toByteArray();
  }
}
