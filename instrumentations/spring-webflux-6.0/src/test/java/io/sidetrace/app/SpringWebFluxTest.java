package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.SpringVersion;

class SpringWebFluxTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private static ReactiveApplication application;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @BeforeAll
  static void start() {
    application = new ReactiveApplication();
  }

  @AfterAll
  static void stop() {
    application.stop();
  }

  @Test
  void theSpringUnderTest_isTheOneTheBuildNames() {
    assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("spring.version"));
  }

  @ParameterizedTest
  @CsvSource({
    "/chats/7, GET /chats/{id}",
    "/functions/f, GET /functions/{name}",
    "/elastic, GET /elastic",
    "/published, GET /published",
    "/delayed, GET /delayed",
    "/chain, GET /chain"
  })
  void theRoute_namesTheRootAndItsContextIsFound(String path, String name) throws Exception {
    String answer = send(get(path));

    Frame frame = agent.awaitEvent();
    Event event = frame.event();
    assertThat(event.name()).isEqualTo(name);
    assertThat(answer).isEqualTo("00-" + event.traceId() + "-" + event.spanId() + "-01");
    assertThat(frame.response().toUtf8()).isEqualTo(answer);
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void aBody_isReadInsideTheContextAndRecorded() throws Exception {
    String answer = send(post("/context-after-body", "{\"a\":1}"));

    Frame frame = agent.awaitEvent();
    Event event = frame.event();
    assertThat(answer).isEqualTo("00-" + event.traceId() + "-" + event.spanId() + "-01");
    assertThat(frame.request().toUtf8()).isEqualTo("{\"a\":1}");
    assertThat(event.http().status()).isEqualTo(200);
  }

  @Test
  void aLargeBody_reachesTheApplicationWhole() throws Exception {
    String large = "x".repeat(200_000);

    assertThat(send(post("/echo", large))).isEqualTo(large);

    assertThat(agent.awaitEvent().event().requestSize().size()).isEqualTo(200_000);
    assertThat(agent.awaitEvent().event().responseSize().size()).isEqualTo(200_000);
  }

  @Test
  void aStreamOfEvents_isRecordedToItsEnd() throws Exception {
    String answer = send(get("/tokens"));

    Frame frame = agent.awaitEvent();
    assertThat(answer).isEqualTo("data:a\n\ndata:b\n\ndata:c\n\n");
    assertThat(frame.response().toUtf8()).isEqualTo(answer);
    assertThat(frame.event().http().responseType()).startsWith("text/event-stream");
  }

  @Test
  void aClientThatLeaves_isAWarning() throws Exception {
    try (var body = client.send(get("/endless").build(), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.read()).isPositive();
    }

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.WARNING);
    assertThat(event.responseSize().closedEarly()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fail", "/fail-elsewhere"})
  void anException_isTheRootsError(String path) throws Exception {
    send(get(path));

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.ERROR);
    assertThat(event.error().message()).isEqualTo("boom");
    assertThat(event.http().status()).isEqualTo(500);
    assertThat(event.http().route()).isEqualTo(path);
  }

  private String send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + application.port() + path));
  }

  private static HttpRequest.Builder post(String path, String body) {
    return get(path).header("Content-Type", "text/plain").POST(BodyPublishers.ofString(body));
  }
}
