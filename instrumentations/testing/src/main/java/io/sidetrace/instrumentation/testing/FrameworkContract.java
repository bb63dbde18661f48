package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Kind;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.CoverageExtension;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What an application of a web framework gets, whichever server lies below: one root for each
 * request, named by its route, with the LLM call inside, however it answers.
 *
 * <p>The application answers {@code GET}:
 *
 * <ul>
 *   <li>{@code /chats/{id}} with what {@link #ask} gives;
 *   <li>{@code /later/{id}} likewise, called and answered on another thread;
 *   <li>{@code /stream/{id}} likewise, in three pieces, the call between the first and the second;
 *   <li>{@code /fail/{id}} with an {@code IllegalStateException} that says "boom";
 *   <li>{@code /health} with {@link #where}.
 * </ul>
 */
@SuppressWarnings("NullAway") // a null fails the test, as it should
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(CoverageExtension.class)
public abstract class FrameworkContract implements Covered {

  @RegisterExtension protected static final AgentExtension agent = new AgentExtension();

  private HttpClient client;
  private ContractServer server;

  /** Starts the application on a free port of the loopback address. */
  protected abstract ContractServer start() throws Exception;

  /** What the application is asked in; HTTP/2 in clear text, as the JDK's client comes to it. */
  protected HttpClient.Version version() {
    return HttpClient.Version.HTTP_1_1;
  }

  /** The name of the root; a framework that has other marks for parameters says so. */
  protected String route(String path) {
    return "GET /" + path + "/{id}";
  }

  /** Calls an LLM. */
  public static String ask() {
    ClientCall.begin("test", "POST", "https://api.openai.com/v1/chat/completions").end();
    return "asked";
  }

  /** The context here, as a header would tell it; none outside a request. */
  public static String where() {
    Context context = Context.current();
    return context == null ? "none" : String.valueOf(context.traceparent());
  }

  @BeforeAll
  void startServer() throws Exception {
    client = HttpClient.newBuilder().version(version()).build();
    server = start();
  }

  @AfterAll
  void stopServer() throws Exception {
    server.stop().run();
  }

  @Test
  @Covers(Behaviour.ROUTE)
  void theRoute_namesTheRootAndTheCallIsInside() throws Exception {
    assertRouted("chats");
  }

  @Test
  @Covers(Behaviour.ROUTE_LATER)
  void aCallAndAnAnswerOfAnotherThread_areInTheRoot() throws Exception {
    assertRouted("later");
  }

  @Test
  @Covers(Behaviour.ROUTE_STREAM)
  void aCallInTheMidstOfAStream_isInTheRoot() throws Exception {
    assertRouted("stream");
  }

  private void assertRouted(String path) throws Exception {
    for (int i = 0; i < 3; i++) {
      HttpResponse<String> answer = get("/" + path + "/7");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("asked");
    }

    await(3, 3);
    List<Event> roots = of(Kind.REQUEST);
    List<Event> calls = of(Kind.EXCHANGE);
    assertThat(roots).hasSize(3).allMatch(root -> root.parentSpanId() == null);
    assertThat(roots).extracting(Event::name).containsOnly(route(path));
    assertThat(roots).extracting(root -> root.http().status()).containsOnly(200);
    assertThat(roots).allMatch(root -> root.level() == null);
    assertThat(calls).hasSize(3).allMatch(call -> isInside(call, roots));
    assertThat(calls).extracting(Event::traceId).doesNotHaveDuplicates();
  }

  @Test
  @Covers(Behaviour.ROUTE_STREAM)
  void theAnswer_isKept() throws Exception {
    String body = get("/stream/7").body();

    await(1, 1);
    Frame root =
        agent.events().stream()
            .filter(frame -> frame.event().kind() == Kind.REQUEST)
            .findFirst()
            .orElseThrow();
    assertThat(root.response().toUtf8()).isEqualTo(body);
    assertThat(root.event().http().responseType()).startsWith("text/plain");
  }

  @Test
  @Covers(Behaviour.ROUTE_FAILED)
  void anException_isTheRootsError() throws Exception {
    assertThat(get("/fail/7").statusCode()).isEqualTo(500);

    await(1, 0);
    Event root = of(Kind.REQUEST).get(0);
    assertThat(root.name()).isEqualTo(route("fail"));
    assertThat(root.http().status()).isEqualTo(500);
    assertThat(root.level()).isEqualTo(Level.ERROR);
    assertThat(root.error().type()).isEqualTo("java.lang.IllegalStateException");
    assertThat(root.error().message()).isEqualTo("boom");
  }

  @Test
  @Covers(Behaviour.NO_ROUTE)
  void aPathWithoutRoute_isARootByItsPath() throws Exception {
    assertThat(get("/nowhere").statusCode()).isEqualTo(404);

    await(1, 0);
    Event root = of(Kind.REQUEST).get(0);
    assertThat(root.name()).isEqualTo("GET /nowhere");
    assertThat(root.http().status()).isEqualTo(404);
    assertThat(root.level()).isNull();
  }

  @Test
  @Covers(Behaviour.ROUTES)
  void requestsInParallel_keepApartAndLeaveNothingBehind() throws Exception {
    String[] paths = {"/chats/1", "/later/2", "/stream/3"};
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 30).mapToObj(i -> sendAsync(paths[i % 3])).toList();

    answers.forEach(CompletableFuture::join);

    await(30, 30);
    List<Event> roots = of(Kind.REQUEST);
    List<Event> calls = of(Kind.EXCHANGE);
    assertThat(roots).hasSize(30);
    assertThat(calls).hasSize(30).allMatch(call -> isInside(call, roots));
    assertThat(calls).extracting(Event::traceId).doesNotHaveDuplicates();
    for (int i = 0; i < 20; i++) {
      assertThat(get("/health").body()).isEqualTo("none");
    }
  }

  /** A framework may have spans of its own beside these. */
  private void await(int requests, int exchanges) {
    long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (of(Kind.REQUEST).size() < requests || of(Kind.EXCHANGE).size() < exchanges) {
      assertThat(System.nanoTime()).as(() -> "only " + agent.events()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
    }
  }

  /** Maybe with the span of a controller between. */
  private boolean isInside(Event call, List<Event> roots) {
    Event root =
        roots.stream()
            .filter(one -> one.traceId().equals(call.traceId()))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no root of " + call));
    return Objects.equals(call.parentSpanId(), root.spanId())
        || of(Kind.SPAN).stream()
            .anyMatch(
                span ->
                    span.spanId().equals(call.parentSpanId())
                        && root.spanId().equals(span.parentSpanId()));
  }

  private List<Event> of(Kind kind) {
    return agent.events().stream().map(Frame::event).filter(e -> e.kind() == kind).toList();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private CompletableFuture<@Nullable String> sendAsync(String path) {
    return client
        .sendAsync(request(path).build(), BodyHandlers.ofString())
        .thenApply(HttpResponse::body)
        .orTimeout(30, TimeUnit.SECONDS); // a body that never ends shall fail the test
  }

  /** Asks the application, and that it speaks the version under test. */
  protected final HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> answer =
        client
            .sendAsync(request.build(), BodyHandlers.ofString())
            .get(30, TimeUnit.SECONDS); // as above
    assertThat(answer.version()).isEqualTo(version());
    return answer;
  }

  protected final HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
