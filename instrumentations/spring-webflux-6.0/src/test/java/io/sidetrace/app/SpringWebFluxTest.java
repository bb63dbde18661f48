package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.SpringVersion;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.DispatcherHandler;

/** The contract, and what else applications do with Reactor, on each server. */
abstract class SpringWebFluxTest extends FrameworkContract {
  private final String name;

  SpringWebFluxTest(String server) {
    name = "Spring WebFlux on " + server;
  }

  /** Starts the server for the application. */
  abstract ContractServer start(HttpHandler application) throws Exception;

  @Override
  public Library library() {
    return Library.of(name, DispatcherHandler.class);
  }

  @Override
  protected ContractServer start() throws Exception {
    return start(ReactiveApplication.handler());
  }

  @Test
  void theSpringUnderTest_isTheOneTheBuildNames() {
    assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("spring.version"));
  }

  @ParameterizedTest
  @CsvSource({
    "/functions/f, GET /functions/{name}",
    "/elastic, GET /elastic",
    "/published, GET /published",
    "/delayed, GET /delayed",
    "/chain, GET /chain",
    "/long, GET /long"
  })
  void theRoute_namesTheRootAndItsContextIsFound(String path, String name) throws Exception {
    String answer = send(request(path)).body();

    Frame frame = agent.awaitEvent();
    Event event = frame.event();
    assertThat(event.name()).isEqualTo(name);
    assertThat(answer).isEqualTo("00-" + event.traceId() + "-" + event.spanId() + "-01");
    assertThat(frame.response().toUtf8()).isEqualTo(answer);
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void aBody_isReadInsideTheContextAndRecorded() throws Exception {
    String answer = send(text(request("/context-after-body"), "{\"a\":1}")).body();

    Frame frame = agent.awaitEvent();
    Event event = frame.event();
    assertThat(answer).isEqualTo("00-" + event.traceId() + "-" + event.spanId() + "-01");
    assertThat(frame.request().toUtf8()).isEqualTo("{\"a\":1}");
    assertThat(event.http().status()).isEqualTo(200);
  }

  @Test
  void aLargeBody_reachesTheApplicationWhole() throws Exception {
    String large = "x".repeat(200_000);

    assertThat(send(text(request("/echo"), large)).body()).isEqualTo(large);

    assertThat(agent.awaitEvent().event().requestSize().size()).isEqualTo(200_000);
    assertThat(agent.awaitEvent().event().responseSize().size()).isEqualTo(200_000);
  }

  @Test
  void aStreamOfEvents_isRecordedToItsEnd() throws Exception {
    String answer = send(request("/tokens")).body();

    Frame frame = agent.awaitEvent();
    assertThat(answer).isEqualTo("data:a\n\ndata:b\n\ndata:c\n\n");
    assertThat(frame.response().toUtf8()).isEqualTo(answer);
    assertThat(frame.event().http().responseType()).startsWith("text/event-stream");
  }

  @Test
  void aClientThatLeaves_isAWarning() throws Exception {
    HttpClient client = HttpClient.newBuilder().version(version()).build();
    HttpRequest request = request("/endless").build();
    try (var body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      assertThat(body.read()).isPositive();
    }

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.WARNING);
    assertThat(event.responseSize().closedEarly()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/fail", "/fail-elsewhere"})
  void anException_isTheRootsError(String path) throws Exception {
    send(request(path));

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.ERROR);
    assertThat(event.error().message()).isEqualTo("boom");
    assertThat(event.http().status()).isEqualTo(500);
    assertThat(event.http().route()).isEqualTo(path);
  }

  private static HttpRequest.Builder text(HttpRequest.Builder request, String body) {
    return request.header("Content-Type", "text/plain").POST(BodyPublishers.ofString(body));
  }
}
