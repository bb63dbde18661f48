package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.sidetrace.instrumentation.testing.FakeLlm;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.ext.web.codec.BodyCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What the web client does beyond the client it is built on, for which the contract is tested. */
class VertxWebClientTest {
  private static final String CHAT = "/v1/chat/completions";
  private static final String QUESTION = "{\"model\":\"m\",\"messages\":[]}";
  private static final String REPLY = "{\"choices\":[{\"index\":0}]}";

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  @TempDir Path directory;

  private static final Vertx VERTX = Vertx.vertx();
  private static final WebClient CLIENT = WebClient.create(VERTX);
  private static FakeLlm server;

  @BeforeAll
  static void start() {
    server = FakeLlm.start();
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
    await(VERTX.close());
  }

  @Test
  void anAnswerAsAWhole_isCaptured() throws Exception {
    server.answer((request, reply) -> reply.send(200, "application/json", REPLY.getBytes(UTF_8)));

    HttpResponse<Buffer> answer = await(post(CLIENT).sendBuffer(Buffer.buffer(QUESTION)));

    assertThat(answer.bodyAsString()).isEqualTo(REPLY);
    assertWhole(agent.awaitEvent(), QUESTION, REPLY);
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void insideARequest_itIsAChildAndSaysSo() throws Exception {
    server.answer((request, reply) -> reply.send(200, "application/json", REPLY.getBytes(UTF_8)));
    ServerCall root = ServerCall.begin("POST", "/ask", HeaderLookup.NONE);
    Context.attach(root.context());
    Future<HttpResponse<Buffer>> answer = post(CLIENT).sendBuffer(Buffer.buffer(QUESTION));
    Context.restore(null);
    await(answer);
    root.end(200, null);

    Event call = agent.awaitEvents(2).get(0).event();
    assertThat(call.parentSpanId()).isEqualTo(agent.events().get(1).event().spanId());
    assertThat(server.received().get(0).headers().get("traceparent"))
        .isEqualTo("00-" + call.traceId() + "-" + call.spanId() + "-01");
  }

  @Test
  void aStream_isCapturedAsItIsPiped() throws Exception {
    server.answer(
        (request, reply) -> {
          reply.begin(200, "text/event-stream");
          for (int i = 0; i < 3; i++) {
            reply.write(("data: " + i + "\n\n").getBytes(UTF_8));
          }
        });
    Path file = directory.resolve("answer");
    AsyncFile pipe = await(VERTX.fileSystem().open(file.toString(), new OpenOptions()));

    await(post(CLIENT).as(BodyCodec.pipe(pipe)).sendBuffer(Buffer.buffer(QUESTION)));

    String events = "data: 0\n\ndata: 1\n\ndata: 2\n\n";
    assertThat(Files.readString(file)).isEqualTo(events);
    assertWhole(agent.awaitEvent(), QUESTION, events);
    assertThat(agent.awaitEvent().event().chunks()).isNotEmpty();
  }

  @Test
  void aRequestThatIsStreamed_isCaptured() throws Exception {
    server.answer((request, reply) -> reply.send(200, "application/json", REPLY.getBytes(UTF_8)));
    Path file = Files.writeString(directory.resolve("question"), QUESTION);
    AsyncFile body = await(VERTX.fileSystem().open(file.toString(), new OpenOptions()));

    await(post(CLIENT).sendStream(body));

    assertThat(new String(server.received().get(0).body(), UTF_8)).isEqualTo(QUESTION);
    assertWhole(agent.awaitEvent(), QUESTION, REPLY);
  }

  @Test
  void gzip_isCapturedAsTheApplicationReadsIt() throws Exception {
    server.answer(
        (request, reply) ->
            reply.header("Content-Encoding", "gzip").send(200, "application/json", gzip(REPLY)));
    var options = new WebClientOptions();
    options.setDecompressionSupported(true);

    HttpResponse<Buffer> answer =
        await(post(WebClient.create(VERTX, options)).sendBuffer(Buffer.buffer(QUESTION)));

    assertThat(answer.bodyAsString()).isEqualTo(REPLY);
    assertWhole(agent.awaitEvent(), QUESTION, REPLY);
    assertThat(agent.awaitEvent().event().http().responseEncoding()).isNull();
  }

  @Test
  void gzipThatNobodyInflates_isCapturedAsItIs() throws Exception {
    byte[] zipped = gzip(REPLY);
    server.answer(
        (request, reply) ->
            reply.header("Content-Encoding", "gzip").send(200, "application/json", zipped));

    HttpResponse<Buffer> answer = await(post(CLIENT).sendBuffer(Buffer.buffer(QUESTION)));

    assertThat(answer.body().getBytes()).isEqualTo(zipped);
    assertThat(agent.awaitEvent().response().toBytes()).isEqualTo(zipped);
    assertThat(agent.awaitEvent().event().http().responseEncoding()).isEqualTo("gzip");
  }

  @Test
  void aRefusal_isRecorded() throws Exception {
    server.answer((request, reply) -> reply.send(429, "application/json", "{}".getBytes(UTF_8)));

    assertThat(await(post(CLIENT).sendBuffer(Buffer.buffer(QUESTION))).statusCode()).isEqualTo(429);

    assertThat(agent.awaitEvent().event().http().status()).isEqualTo(429);
    assertThat(agent.awaitEvent().response().toUtf8()).isEqualTo("{}");
  }

  @Test
  void aTimeout_isTheCallsError() {
    var over = new CountDownLatch(1);
    server.answer((request, reply) -> assertThat(over.await(20, TimeUnit.SECONDS)).isTrue());
    Future<HttpResponse<Buffer>> answer =
        post(CLIENT).timeout(200).sendBuffer(Buffer.buffer(QUESTION));

    assertThatThrownBy(() -> await(answer)).hasMessageContaining("200ms");
    over.countDown();

    assertThat(agent.awaitEvent().event().error().message()).contains("200ms");
  }

  private static HttpRequest<Buffer> post(WebClient client) {
    return client
        .postAbs(server.uri(CHAT).toString())
        .putHeader("Content-Type", "application/json");
  }

  private static void assertWhole(Frame frame, String request, String response) {
    assertThat(frame.event().kind()).isEqualTo(Event.Kind.EXCHANGE);
    assertThat(frame.event().http().client()).isEqualTo("vertx-client");
    assertThat(frame.event().http().status()).isEqualTo(200);
    assertThat(frame.event().error()).isNull();
    assertThat(frame.request().toUtf8()).isEqualTo(request);
    assertThat(frame.response().toUtf8()).isEqualTo(response);
  }

  private static byte[] gzip(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private static <T> T await(Future<T> future) throws Exception {
    try {
      return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }
}
