package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many requests of every kind on connections that stay open. */
@SuppressWarnings("NullAway") // a null fails the test, as it should
abstract class ServerLoadContract extends ServerFixture {
  /** By the number of the request in turns. */
  private static final List<String> LINES =
      List.of(
          "POST /echo",
          "GET /json",
          "GET /chunked",
          "POST /gzip",
          "GET /stream",
          "GET /later",
          "POST /unread",
          "GET /large");

  /** What a server may tell of a connection, and of the hour. */
  private static final Set<String> NOT_COMPARED = Set.of("date", "connection", "keep-alive");

  static {
    // A server closes a connection whose request it did not read, maybe when the client has just
    // taken it for the next one; a POST is then made anew only if this is set, which is read once.
    // The server may have served the first one too: its answer is lost with the connection.
    System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
  }

  private record Answer(int status, Map<String, List<String>> headers, String body) {}

  /** Where the load comes from. */
  HttpClient client() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  /** The server, as that client names it. */
  URI address() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Test
  @Timeout(180)
  @Covers(Behaviour.SERVER_LOAD)
  void underLoad_everyAnswerAndEventIsWhole() throws Exception {
    HttpClient client = client();
    ConcurrentMap<Integer, Answer> without = new ConcurrentHashMap<>();
    Tracer.install(null);
    application.gate.release(4 * Load.CALLS);
    Load.run(number -> without.put(number, send(client, number)));
    int threads = Load.threads();
    application.served.clear();
    agent.install();

    Load.run(
        number -> assertThat(send(client, number)).as(line(number)).isEqualTo(without.get(number)));

    application.gate.drainPermits();
    Map<Integer, Integer> served = Map.copyOf(application.served);
    assertThat(served).hasSize(Load.CALLS);
    int all = served.values().stream().mapToInt(Integer::intValue).sum();
    List<Frame> frames = agent.awaitEvents(all);
    Map<Integer, Integer> recorded = new HashMap<>();
    Set<String> traces = new HashSet<>();
    for (Frame frame : frames) {
      int number = Integer.parseInt(frame.event().userId());
      recorded.merge(number, 1, Integer::sum);
      assertWhole(frame, number, without.get(number));
      traces.add(frame.event().traceId());
    }
    assertThat(recorded).isEqualTo(served);
    assertThat(traces).hasSize(all);
    Load.assertNoneLeft(threads);
    for (int i = 0; i < 20; i++) {
      assertThat(exchange("GET /health/context", "")).endsWith("none");
    }
  }

  private static String line(int number) {
    return LINES.get(number % LINES.size());
  }

  private static String body(int number) {
    return line(number).startsWith("POST") ? "q" + Load.text(number) : "";
  }

  private Answer send(HttpClient client, int number) throws Exception {
    String[] line = line(number).split(" ", 2);
    String body = body(number);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address().resolve(line[1]))
            .header("Content-Type", "text/plain")
            .header("X-User-Id", String.valueOf(number))
            .method(
                line[0], body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
    headers.keySet().removeIf(name -> NOT_COMPARED.contains(name.toLowerCase(Locale.ROOT)));
    return new Answer(answer.statusCode(), headers, new String(answer.body(), ISO_8859_1));
  }

  private void assertWhole(Frame frame, int number, Answer answer) {
    Event event = frame.event();
    assertThat(event.name()).as("request %s", number).isEqualTo(line(number));
    assertThat(event.http().status()).isEqualTo(answer.status()).isEqualTo(200);
    assertThat(event.parentSpanId()).isNull();
    assertThat(event.error()).isNull();
    assertRead(frame.request().toUtf8(), number);
    assertThat(frame.response().toUtf8())
        .as("answer to request %s", number)
        .isEqualTo(kept(answer.body()));
    assertThat(event.responseSize().size()).isEqualTo(answer.body().length());
  }

  private void assertRead(String read, int number) {
    String sent = kept(body(number));
    boolean whole = !line(number).endsWith("/unread") || limits().containsKey(Limit.PUSHES_BODIES);
    if (!whole && limits().containsKey(Limit.DRAINS_BODIES)) {
      assertThat(sent).as("what was read of request %s", number).startsWith(read);
    } else {
      assertThat(read).as("what was read of request %s", number).isEqualTo(whole ? sent : "");
    }
  }

  private static String kept(String body) {
    byte[] bytes = body.getBytes(UTF_8);
    int bound = Math.min(bytes.length, CaptureSettings.SERVER_BODY_BYTES);
    return new String(Arrays.copyOf(bytes, bound), UTF_8);
  }
}
