package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Kind;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.SpringVersion;

class SpringWebMvcTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static SpringApplication application;

  @BeforeAll
  static void start() throws Exception {
    application = new SpringApplication("", "/");
  }

  @AfterAll
  static void stop() throws Exception {
    application.stop();
  }

  @Test
  void theSpringUnderTest_isTheOneTheBuildNames() {
    assertThat(SpringVersion.getVersion()).isEqualTo(System.getProperty("spring.version"));
  }

  @Test
  void aControllersMethod_isAChildOfItsRequest() throws Exception {
    String answer = get("/chats/7?x=1");

    Event root = root(2);
    Event span = span();
    assertThat(root.name()).isEqualTo("GET /chats/{id}");
    assertThat(root.http().route()).isEqualTo("/chats/{id}");
    assertThat(root.http().url()).isEqualTo("/chats/7?x=1");
    assertThat(span.name()).isEqualTo("ChatController.complete");
    assertThat(span.type()).isEqualTo("span");
    assertThat(span.traceId()).isEqualTo(root.traceId());
    assertThat(span.parentSpanId()).isEqualTo(root.spanId());
    assertThat(span.error()).isNull();
    assertThat(answer).isEqualTo(traceparent(span));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/chats/7",
        "/fail",
        "/handled",
        "/status",
        "/callable-fails",
        "/deferred",
        "/future",
        "/emitter",
        "/nowhere"
      })
  void theAnswer_isTheSameWithoutUs(String path) throws Exception {
    var with = send(application.port(), path);
    Tracer.install(null);
    var without = send(application.port(), path);

    if (!path.equals("/chats/7")) { // it answers with the span's id
      assertThat(with.body()).isEqualTo(without.body());
    }
    assertThat(with.statusCode()).isEqualTo(without.statusCode());
  }

  @Test
  void anException_isTheSpansErrorAndTheRoots() throws Exception {
    get("/fail");

    List<Frame> events = agent.awaitEvents(3); // the third is the error page's controller
    assertThat(span().error().message()).isEqualTo("boom");
    assertThat(span().level()).isEqualTo(Level.ERROR);
    Event root = events.get(2).event();
    assertThat(root.error().message()).isEqualTo("boom");
    assertThat(root.http().status()).isEqualTo(500);
    assertThat(root.name()).isEqualTo("GET /fail");
  }

  @ParameterizedTest
  @CsvSource({"/handled, not yet, 501", "/status, twice, 409"})
  void aHandledException_isTheSpansError(String path, String message, int status) throws Exception {
    get(path);

    Event root = root(2);
    assertThat(span().error().message()).contains(message);
    assertThat(root.error()).isNull();
    assertThat(root.http().status()).isEqualTo(status);
  }

  @ParameterizedTest
  @CsvSource({"/callable, callable", "/task, task", "/stream, stream"})
  void workOfSpringsExecutor_belongsToTheController(String path, String method) throws Exception {
    String answer = get(path);

    Event root = root(2);
    assertThat(span().name()).isEqualTo("ChatController." + method);
    assertThat(span().parentSpanId()).isEqualTo(root.spanId());
    assertThat(answer).isEqualTo(traceparent(span()));
    assertThat(agent.awaitEvents(2)).hasSize(2);
    assertThat(agent.awaitEvents(2).get(1).response().toUtf8()).isEqualTo(answer);
  }

  @Test
  void executorThreads_areLeftWithoutContext() throws Exception {
    for (int i = 0; i < 5; i++) {
      get("/callable");
    }
    agent.awaitEvents(10);
    Tracer.install(null);

    assertThat(get("/callable")).isEqualTo("nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deferred", "future", "emitter"})
  void aResultThatComesLater_makesNoSecondSpan(String method) throws Exception {
    String answer = get("/" + method);

    Event root = root(2);
    assertThat(span().name()).isEqualTo("ChatController." + method);
    assertThat(root.name()).isEqualTo("GET /" + method);
    assertThat(agent.awaitEvents(2)).hasSize(2);
    assertThat(agent.awaitEvents(2).get(1).response().toUtf8()).isEqualTo(answer);
  }

  @Test
  void anExceptionThatComesLater_isTheRootsError() throws Exception {
    get("/callable-fails");

    Event root = root(2);
    assertThat(span().error()).isNull();
    assertThat(root.error().message()).isEqualTo("later");
    assertThat(root.http().status()).isEqualTo(501);
  }

  @Test
  void aFunctionalEndpoint_namesTheRoot() throws Exception {
    String answer = get("/functions/echo");

    Event root = root(1);
    assertThat(root.name()).isEqualTo("GET /functions/{name}");
    assertThat(answer).isEqualTo(traceparent(root));
  }

  @Test
  void aPathWithoutHandler_keepsItsName() throws Exception {
    get("/nowhere");

    assertThat(root(1).name()).isEqualTo("GET /nowhere");
    assertThat(root(1).http().route()).isNull();
  }

  @Test
  void theRoute_beginsWithContextAndServletPath() throws Exception {
    var nested = new SpringApplication("/shop", "/api/*");
    try {
      send(nested.port(), "/shop/api/chats/7");
    } finally {
      nested.stop();
    }

    assertThat(root(2).name()).isEqualTo("GET /shop/api/chats/{id}");
  }

  /** The last of so many events. */
  private static Event root(int count) {
    Event root = agent.awaitEvents(count).get(count - 1).event();
    assertThat(root.kind()).isEqualTo(Kind.REQUEST);
    return root;
  }

  private static Event span() {
    return agent.awaitEvent().event();
  }

  private static String traceparent(Event event) {
    return "00-" + event.traceId() + "-" + event.spanId() + "-01";
  }

  private static String get(String path) throws Exception {
    return send(application.port(), path).body();
  }

  private static java.net.http.HttpResponse<String> send(int port, String path) throws Exception {
    var uri = URI.create("http://localhost:" + port + path);
    return CLIENT.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
