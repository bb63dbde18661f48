package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TestInstance(Lifecycle.PER_CLASS)
class VertxTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private final HttpClient client = HttpClient.newBuilder().version(version()).build();
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }

  @BeforeAll
  void start() throws Exception {
    Router router = Router.router(vertx);
    router.route("/*").handler(BodyHandler.create());
    router.get("/chats/:id").handler(routing -> routing.end(where()));
    router.post("/echo").handler(routing -> routing.end(routing.body().buffer()));
    router.get("/timer").handler(this::afterATimer);
    router.get("/blocking").handler(this::blocking);
    router.get("/ordered").handler(this::ordered);
    router.get("/fail").handler(routing -> routing.fail(new IllegalStateException("boom")));
    router.get("/endless").handler(this::endless);
    Router inner = Router.router(vertx);
    inner.get("/inner/:id").handler(routing -> routing.end(where()));
    router.route("/outer/*").subRouter(inner);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "localhost")
            .toCompletionStage()
            .toCompletableFuture()
            .get(20, TimeUnit.SECONDS);
  }

  @AfterAll
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @CsvSource({
    "/chats/7, GET /chats/:id",
    "/timer, GET /timer",
    "/blocking, GET /blocking",
    "/ordered, GET /ordered",
    "/outer/inner/1, GET /outer/inner/:id"
  })
  void theRoute_namesTheRootAndItsContextIsFound(String path, String name) throws Exception {
    for (int i = 0; i < 5; i++) {
      String answer = send(get(path));

      Frame frame = agent.awaitEvents(i + 1).get(i);
      Event event = frame.event();
      assertThat(event.name()).isEqualTo(name);
      assertThat(answer).isEqualTo("00-" + event.traceId() + "-" + event.spanId() + "-01");
      assertThat(frame.response().toUtf8()).isEqualTo(answer);
    }
  }

  @Test
  void aPathThatNoRouteServes_namesTheRoot() throws Exception {
    send(get("/nowhere"));

    Event event = agent.awaitEvent().event();
    assertThat(event.name()).isEqualTo("GET /nowhere");
    assertThat(event.http().status()).isEqualTo(404);
  }

  @Test
  void bodies_areRecorded() throws Exception {
    String large = "x".repeat(100_000);

    var request = get("/echo").header("Content-Type", "text/plain");
    assertThat(send(request.POST(BodyPublishers.ofString(large)))).isEqualTo(large);

    Event event = agent.awaitEvent().event();
    assertThat(event.requestSize().size()).isEqualTo(100_000);
    assertThat(event.http().status()).isEqualTo(200);
  }

  @Test
  void aFailure_isAnError() throws Exception {
    send(get("/fail"));

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.ERROR);
    assertThat(event.http().status()).isEqualTo(500);
    assertThat(event.error().message()).isEqualTo("boom");
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

  private void afterATimer(RoutingContext routing) {
    vertx.setTimer(1, fired -> routing.end(where()));
  }

  private void blocking(RoutingContext routing) {
    vertx
        .executeBlocking(VertxTest::where, false)
        .onComplete(
            found -> routing.end(found.result().equals(where()) ? found.result() : "differs"));
  }

  private void ordered(RoutingContext routing) {
    vertx.executeBlocking(VertxTest::where).onComplete(found -> routing.end(found.result()));
  }

  private void endless(RoutingContext routing) {
    HttpServerResponse response = routing.response().setChunked(true);
    response.putHeader("Content-Type", "text/plain");
    again(response);
  }

  private void again(HttpServerResponse response) {
    if (!response.closed()) {
      response
          .write("again and again\n")
          .onSuccess(written -> vertx.setTimer(1, t -> again(response)));
    }
  }

  private static String where() {
    Context context = Context.current();
    return context == null ? "none" : String.valueOf(context.traceparent());
  }

  private String send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.version()).isEqualTo(version());
    return answer.body();
  }

  private HttpRequest.Builder get(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.actualPort() + path));
  }
}
