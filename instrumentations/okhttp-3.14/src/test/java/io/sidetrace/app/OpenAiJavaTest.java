package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** openai-java on its own OkHttp client: what it returns with the agent and without. */
class OpenAiJavaTest extends ClientContract {
  private static final ChatCompletionCreateParams CHAT_PARAMS =
      ChatCompletionCreateParams.builder().model("gpt-4o-mini").addUserMessage("Hi").build();

  private OpenAIClient client;

  @Override
  protected Caller caller() {
    return new OkHttpCaller();
  }

  @BeforeAll
  void openClient() {
    client = client(Duration.ofSeconds(20));
  }

  @AfterAll
  void closeClient() {
    client.close();
  }

  private OpenAIClient client(Duration timeout) {
    return OpenAIOkHttpClient.builder()
        .apiKey("sk-secret")
        .baseUrl(server.uri("/v1").toString())
        .maxRetries(2)
        .timeout(timeout)
        .build();
  }

  @Test
  void aChatCompletion_isTheSameAndRecorded() throws Exception {
    Frame frame = sameWithAndWithout("openai-chat.json", () -> chat(client));

    assertThat(frame.event().http().url()).endsWith("/v1/chat/completions");
    assertThat(frame.request().toUtf8()).contains("\"model\":\"gpt-4o-mini\"");
    assertThat(frame.response().toBytes()).isEqualTo(Replies.read("openai-chat.json"));
    assertThat(frame.event().responseSize().closedEarly()).isFalse();
  }

  @Test
  void aStreamedChatCompletion_isTheSameAndRecorded() throws Exception {
    Frame frame = sameWithAndWithout("openai-chat.sse", this::stream);

    assertThat(frame.request().toUtf8()).contains("\"stream\":true");
    assertThat(frame.response().toBytes()).isEqualTo(Replies.read("openai-chat.sse"));
    assertThat(frame.event().chunks()[1]).isPositive();
  }

  private List<ChatCompletionChunk> stream() {
    try (StreamResponse<ChatCompletionChunk> stream =
        client.chat().completions().createStreaming(CHAT_PARAMS)) {
      return stream.stream().toList();
    }
  }

  @Test
  void aResponse_isTheSameAndRecorded() throws Exception {
    ResponseCreateParams params =
        ResponseCreateParams.builder().model("gpt-4o").input("Hi").build();

    Frame frame =
        sameWithAndWithout("openai-response.json", () -> client.responses().create(params));

    assertThat(frame.event().http().url()).endsWith("/v1/responses");
    assertThat(frame.response().toBytes()).isEqualTo(Replies.read("openai-response.json"));
  }

  @Test
  void anEmbedding_isTheSameAndRecorded() throws Exception {
    EmbeddingCreateParams params =
        EmbeddingCreateParams.builder().model("text-embedding-3-small").input("Hi").build();

    Frame frame =
        sameWithAndWithout("openai-embedding.json", () -> client.embeddings().create(params));

    assertThat(frame.event().http().url()).endsWith("/v1/embeddings");
    assertThat(frame.response().toBytes()).isEqualTo(Replies.read("openai-embedding.json"));
  }

  @Test
  void anAsyncCall_isTheSameAndRecorded() throws Exception {
    Frame frame =
        sameWithAndWithout(
            "openai-chat.json",
            () ->
                client.async().chat().completions().create(CHAT_PARAMS).get(20, TimeUnit.SECONDS));

    assertThat(frame.response().toBytes()).isEqualTo(Replies.read("openai-chat.json"));
  }

  @Test
  void anAsyncStream_isTheSameAndRecorded() throws Exception {
    Frame frame = sameWithAndWithout("openai-chat.sse", this::streamAsync);

    assertThat(frame.response().toBytes()).isEqualTo(Replies.read("openai-chat.sse"));
  }

  private List<ChatCompletionChunk> streamAsync() throws Exception {
    List<ChatCompletionChunk> chunks = new CopyOnWriteArrayList<>();
    client
        .async()
        .chat()
        .completions()
        .createStreaming(CHAT_PARAMS)
        .subscribe(chunks::add)
        .onCompleteFuture()
        .get(20, TimeUnit.SECONDS);
    return chunks;
  }

  @Test
  void aRefusal_failsTheSameAndIsRecorded() throws Exception {
    Frame frame = failsTheSame(401, 1);

    assertThat(frame.event().level()).isEqualTo(Event.Level.ERROR);
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 500})
  void eachRetry_isACallOfItsOwn(int status) throws Exception {
    failsTheSame(status, 3);
  }

  private Frame failsTheSame(int status, int attempts) throws Exception {
    byte[] error = Replies.read("openai-error.json");
    server.answer(
        (request, reply) -> reply.header("retry-after-ms", "1").send(status, JSON, error));

    Throwable with = catchThrowable(() -> chat(client));

    List<Frame> frames = agent.awaitEvents(attempts);
    assertThat(frames)
        .hasSize(attempts)
        .allSatisfy(frame -> assertThat(frame.event().http().status()).isEqualTo(status));
    Frame last = frames.get(attempts - 1);
    assertThat(last.response().toBytes()).isEqualTo(error); // the others are closed unread
    Throwable without = untraced(() -> catchThrowable(() -> chat(client)));
    assertThat(with).hasSameClassAs(without).hasMessage(without.getMessage());
    return last;
  }

  @Test
  void aTimeout_failsTheSameAndIsRecorded() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    server.answer((request, reply) -> over.await(20, TimeUnit.SECONDS));
    OpenAIClient impatient =
        client(Duration.ofMillis(200)).withOptions(options -> options.maxRetries(0));

    Throwable with = catchThrowable(() -> chat(impatient));

    assertThat(exchange().event().error().type()).isEqualTo("java.io.InterruptedIOException");
    Throwable without = untraced(() -> catchThrowable(() -> chat(impatient)));
    assertThat(with).hasSameClassAs(without).hasMessage(without.getMessage());
    over.countDown();
    impatient.close();
  }

  private static Object chat(OpenAIClient client) {
    return client.chat().completions().create(CHAT_PARAMS);
  }

  private Frame sameWithAndWithout(String reply, Callable<?> work) throws Exception {
    server.answer(Replies.with(reply));

    Object with = work.call();

    assertThat(with).isEqualTo(untraced(work::call));
    assertThat(server.received().get(0).body()).isEqualTo(server.received().get(1).body());
    return exchange();
  }
}
