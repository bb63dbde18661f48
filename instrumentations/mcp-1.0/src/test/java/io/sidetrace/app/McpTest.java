package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.modelcontextprotocol.client.McpAsyncClient;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import io.sidetrace.instrumentation.testing.FakeLlm.Received;
import io.sidetrace.instrumentation.testing.FakeLlm.Reply;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/** The SDK's two clients over streamable HTTP, against a server that knows one of each. */
class McpTest extends ClientContract {
  private static final Pattern ID = Pattern.compile("\"id\":(\"[^\"]*\"|\\d+)");
  private static final Pattern METHOD = Pattern.compile("\"method\":\"([^\"]*)\"");

  private volatile CountDownLatch asked;
  private volatile CountDownLatch testIsOver;
  private McpSyncClient mcp;
  private McpAsyncClient async;

  @Override
  protected Caller caller() {
    throw new AssertionError("the SDK calls by itself");
  }

  @Override
  public Library library() {
    return Library.of("MCP Java SDK, client", McpClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(
        Limit.SPANS_ONLY, "a span for each call, without arguments and result.",
        Limit.NO_STREAM, "its answers come whole.",
        Limit.NO_EMBEDDINGS, "the protocol has none.");
  }

  @BeforeEach
  void connect() {
    asked = new CountDownLatch(1);
    testIsOver = new CountDownLatch(1);
    server.answer(this::answer);
    mcp = McpClient.sync(transport()).build();
    mcp.initialize();
    async = McpClient.async(transport()).build();
    async.initialize().block();
  }

  private McpClientTransport transport() {
    return HttpClientStreamableHttpTransport.builder(server.uri("").toString()).build();
  }

  @AfterEach
  void close() {
    testIsOver.countDown();
    mcp.close();
    async.close();
  }

  private void answer(Received request, Reply reply) throws Exception {
    String body = new String(request.body(), StandardCharsets.UTF_8);
    Matcher id = ID.matcher(body);
    Matcher method = METHOD.matcher(body);
    if (!request.method().equals("POST")) {
      reply.send(405, "text/plain", new byte[0]);
    } else if (!id.find() || !method.find()) {
      reply.send(202, "text/plain", new byte[0]);
    } else {
      if (body.contains("\"slow\"")) {
        asked.countDown();
        testIsOver.await(20, TimeUnit.SECONDS);
      }
      String result = result(method.group(1), body);
      reply.send(
          200, JSON, utf8("{\"jsonrpc\":\"2.0\",\"id\":" + id.group(1) + "," + result + "}"));
    }
  }

  private static String result(String method, String body) {
    return switch (method) {
      case "initialize" ->
          "\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{\"tools\":{},"
              + "\"resources\":{},\"prompts\":{}},\"serverInfo\":{\"name\":\"s\",\"version\":\"1\"}}";
      case "tools/call" ->
          "\"result\":{\"content\":[{\"type\":\"text\",\"text\":\"rain\"}],\"isError\":"
              + body.contains("broken")
              + "}";
      case "resources/read" ->
          "\"result\":{\"contents\":[{\"uri\":\"file:///a\",\"mimeType\":\"text/plain\","
              + "\"text\":\"x\"}]}";
      default -> "\"error\":{\"code\":-32601,\"message\":\"no such thing\"}";
    };
  }

  private Event only(Event.Kind kind) {
    List<Event> events =
        agent.events().stream().map(Frame::event).filter(event -> event.kind() == kind).toList();
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void aTool_isASpan_andItsServerHearsOfTheTrace() throws Exception {
    Event parent = inRequest(() -> mcp.callTool(new CallToolRequest("weather", Map.of("a", 1))));

    Event tool = only(Event.Kind.SPAN);
    assertThat(tool.name()).isEqualTo("weather");
    assertThat(tool.type()).isEqualTo("tool");
    assertThat(tool.error()).isNull();
    assertThat(tool.parentSpanId()).isEqualTo(parent.spanId());
    Received last = server.received().get(server.received().size() - 1);
    assertThat(new String(last.body(), StandardCharsets.UTF_8)).contains("tools/call");
    assertThat(last.headers().get("traceparent"))
        .isEqualTo("00-" + tool.traceId() + "-" + tool.spanId() + "-01");
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void aToolThatFails_isAnError() throws Exception {
    inRequest(() -> mcp.callTool(new CallToolRequest("broken", Map.of())));

    assertThat(only(Event.Kind.SPAN).level()).isEqualTo(Event.Level.ERROR);
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void aResource_isARetriever() throws Exception {
    ReadResourceRequest request = new ReadResourceRequest("file:///a");
    Object without = untraced(() -> mcp.readResource(request));

    inRequest(() -> assertThat(mcp.readResource(request)).isEqualTo(without));

    assertThat(only(Event.Kind.SPAN).name()).isEqualTo("file:///a");
    assertThat(only(Event.Kind.SPAN).type()).isEqualTo("retriever");
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void aRefusal_failsAsWithoutUs_andIsRecorded() throws Exception {
    GetPromptRequest request = new GetPromptRequest("none", Map.of());
    Throwable without = untraced(() -> catchThrowable(() -> mcp.getPrompt(request)));

    inRequest(
        () ->
            assertThat(catchThrowable(() -> mcp.getPrompt(request)))
                .hasSameClassAs(without)
                .hasMessage(without.getMessage()));

    assertThat(only(Event.Kind.SPAN).error().type()).isEqualTo(without.getClass().getName());
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void anAsyncTool_isASpan_andWhatFollowsIsOutside() throws Exception {
    AtomicReference<Context> there = new AtomicReference<>();
    AtomicReference<Context> here = new AtomicReference<>();

    Event parent =
        inRequest(
            () -> {
              here.set(Context.current());
              async
                  .callTool(new CallToolRequest("weather", Map.of()))
                  .doOnNext(result -> there.set(Context.current()))
                  .toFuture()
                  .get(20, TimeUnit.SECONDS);
            });

    Event tool = only(Event.Kind.SPAN);
    assertThat(tool.name()).isEqualTo("weather");
    assertThat(tool.parentSpanId()).isEqualTo(parent.spanId());
    assertThat(there.get()).isSameAs(here.get());
    Received last = server.received().get(server.received().size() - 1);
    assertThat(last.headers().get("traceparent")).contains(tool.spanId());
  }

  @Test
  void anAnswerSubscribedOutsideATrace_belongsToItsCaller_eachTimeAnew() throws Exception {
    AtomicReference<Mono<?>> answer = new AtomicReference<>();
    Event parent =
        inRequest(() -> answer.set(async.readResource(new ReadResourceRequest("file:///a"))));
    assertThat(agent.events()).hasSize(1);

    answer.get().block();
    answer.get().block();

    assertThat(agent.events().subList(1, 3))
        .allSatisfy(frame -> assertThat(frame.event().parentSpanId()).isEqualTo(parent.spanId()));
  }

  @Test
  void aCancelledAnswer_endsItsSpan() throws Exception {
    inRequest(
        () -> {
          Disposable slow = async.callTool(new CallToolRequest("slow", Map.of())).subscribe();
          assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
          slow.dispose();
        });

    assertThat(only(Event.Kind.SPAN).error()).isNull();
  }

  @Test
  void outsideATrace_thereIsNoSpan() {
    async.callTool(new CallToolRequest("weather", Map.of())).block();

    assertThat(agent.events()).isEmpty();
  }
}
