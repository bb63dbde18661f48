package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenAI's SDK over OkHttp. */
class OpenAiJavaTest extends SdkTest {
  private static final ChatCompletionCreateParams CHAT =
      ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage("Hi").build();
  private static final ResponseCreateParams RESPONSE =
      ResponseCreateParams.builder().model("gpt-4o").input("Hi").build();
  private static final EmbeddingCreateParams EMBEDDING =
      EmbeddingCreateParams.builder().model("text-embedding-3-small").input("Hi").build();

  private OpenAIClient client;

  @Override
  public Library library() {
    return Library.of("openai-java", OpenAIClient.class);
  }

  @BeforeAll
  void openClient() {
    client = client(Duration.ofSeconds(20), 2);
  }

  @AfterAll
  void closeClient() {
    client.close();
  }

  private OpenAIClient client(Duration timeout, int retries) {
    return OpenAIOkHttpClient.builder()
        .apiKey("sk-secret")
        .baseUrl(server.uri("/v1").toString())
        .maxRetries(retries)
        .timeout(timeout)
        .build();
  }

  private static Object chat(OpenAIClient client) {
    return client.chat().completions().create(CHAT);
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void chat() throws Exception {
    Frame frame = once("okhttp", json("openai-chat.json"), () -> chat(client));

    assertThat(frame.event().http().url()).endsWith("/v1/chat/completions");
    assertThat(frame.request().toUtf8()).contains("\"model\":\"gpt-4o-mini\"");
    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
    assertThat(frame.event().responseSize().closedEarly()).isFalse();
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void response() throws Exception {
    Frame frame =
        once("okhttp", json("openai-response.json"), () -> client.responses().create(RESPONSE));

    assertThat(frame.event().http().url()).endsWith("/v1/responses");
    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-response.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    Frame frame =
        once(
            "okhttp",
            stream("openai-chat.sse", "text/event-stream"),
            () -> {
              try (StreamResponse<ChatCompletionChunk> stream =
                  client.chat().completions().createStreaming(CHAT)) {
                return stream.stream().toList();
              }
            });

    assertThat(frame.request().toUtf8()).contains("\"stream\":true");
    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
    assertThat(frame.event().chunks()[1]).isPositive();
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void tools() throws Exception {
    Map<String, ?> tool =
        Map.of("type", "function", "function", Map.of("name", "weather", "parameters", Map.of()));
    ChatCompletionCreateParams asked =
        CHAT.toBuilder().putAdditionalBodyProperty("tools", JsonValue.from(List.of(tool))).build();

    List<Frame> frames =
        exchanges(
            2,
            "okhttp",
            inTurn("openai-chat-tools.json", "openai-chat.json"),
            () -> {
              ChatCompletionMessage call =
                  client.chat().completions().create(asked).choices().get(0).message();
              return client
                  .chat()
                  .completions()
                  .create(
                      asked.toBuilder()
                          .addMessage(call)
                          .addMessage(
                              ChatCompletionToolMessageParam.builder()
                                  .toolCallId("call_1")
                                  .content("rain")
                                  .build())
                          .build());
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("openai-chat-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void responseWithTools() throws Exception {
    Map<String, ?> tool = Map.of("type", "function", "name", "weather", "parameters", Map.of());
    ResponseCreateParams asked =
        RESPONSE.toBuilder()
            .putAdditionalBodyProperty("tools", JsonValue.from(List.of(tool)))
            .build();

    List<Frame> frames =
        exchanges(
            2,
            "okhttp",
            inTurn("openai-response-tools.json", "openai-response.json"),
            () -> {
              Response answer = client.responses().create(asked);
              ResponseFunctionToolCall call = answer.output().get(0).asFunctionCall();
              return client
                  .responses()
                  .create(
                      asked.toBuilder()
                          .inputOfResponse(
                              List.of(
                                  ResponseInputItem.ofFunctionCall(call),
                                  ResponseInputItem.ofFunctionCallOutput(
                                      ResponseInputItem.FunctionCallOutput.builder()
                                          .callId(call.callId())
                                          .output("rain")
                                          .build())))
                          .build());
            });

    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("openai-response-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("function_call_output", "rain");
  }

  @Test
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings() throws Exception {
    Frame frame =
        once("okhttp", json("openai-embedding.json"), () -> client.embeddings().create(EMBEDDING));

    assertThat(frame.event().http().url()).endsWith("/v1/embeddings");
    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-embedding.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void chatAsync() throws Exception {
    Frame frame =
        once(
            "okhttp",
            json("openai-chat.json"),
            () -> client.async().chat().completions().create(CHAT).get(20, TimeUnit.SECONDS));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void oneAfterTheOther() throws Exception {
    List<Frame> frames =
        exchanges(
            3,
            "okhttp",
            inTurn("openai-response.json", "openai-embedding.json", "openai-chat.json"),
            () ->
                client
                    .async()
                    .responses()
                    .create(RESPONSE)
                    .thenCompose(answer -> client.async().embeddings().create(EMBEDDING))
                    .thenCompose(vector -> client.async().chat().completions().create(CHAT))
                    .get(20, TimeUnit.SECONDS));

    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("openai-response.json"));
    assertThat(frames.get(1).response().toBytes()).isEqualTo(reply("openai-embedding.json"));
    assertThat(frames.get(2).response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void streamAsync() throws Exception {
    Frame frame =
        once(
            "okhttp",
            stream("openai-chat.sse", "text/event-stream"),
            () -> {
              List<ChatCompletionChunk> chunks = new CopyOnWriteArrayList<>();
              client
                  .async()
                  .chat()
                  .completions()
                  .createStreaming(CHAT)
                  .subscribe(chunks::add)
                  .onCompleteFuture()
                  .get(20, TimeUnit.SECONDS);
              return chunks;
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame = once("okhttp", refusal(), () -> outcome(() -> chat(client)));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.event().level()).isEqualTo(Event.Level.ERROR);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500})
  void eachRetry_isACallOfItsOwn(int status) throws Exception {
    List<Frame> frames =
        exchanges(
            3,
            "okhttp",
            (request, answer) -> answer.header("retry-after-ms", "1").send(status, JSON, REFUSAL),
            () -> outcome(() -> chat(client)));

    assertThat(frames)
        .allSatisfy(frame -> assertThat(frame.event().http().status()).isEqualTo(status));
    assertThat(frames.get(2).response().toBytes()).isEqualTo(REFUSAL); // the others unread
  }

  @Test
  void aTimeout_failsTheSameAndIsRecorded() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.answer((request, reply) -> over.await(20, TimeUnit.SECONDS));
    OpenAIClient impatient = client(Duration.ofMillis(200), 0);

    Throwable with = catchThrowable(() -> chat(impatient));

    assertThat(exchange().event().error().type()).isEqualTo("java.io.InterruptedIOException");
    Throwable without = untraced(() -> catchThrowable(() -> chat(impatient)));
    assertThat(with).hasSameClassAs(without).hasMessage(without.getMessage());
    over.countDown();
    impatient.close();
  }
}
