package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** anthropic-java on its own OkHttp client: what it returns with the agent and without. */
class AnthropicJavaTest extends ClientContract {
  private static final MessageCreateParams PARAMS =
      MessageCreateParams.builder()
          .model("claude-sonnet-4-5")
          .maxTokens(64)
          .addUserMessage("Hi")
          .build();

  private AnthropicClient client;

  @Override
  protected Caller caller() {
    return new OkHttpCaller();
  }

  @BeforeAll
  void openClient() {
    client =
        AnthropicOkHttpClient.builder()
            .apiKey("sk-secret")
            .baseUrl(server.uri("").toString())
            .build();
  }

  @AfterAll
  void closeClient() {
    client.close();
  }

  @Test
  void aMessage_isTheSameAndRecorded() throws Exception {
    server.answer(Replies.with("anthropic-message.json"));

    Object with = client.messages().create(PARAMS);

    assertThat(with).isEqualTo(untraced(() -> client.messages().create(PARAMS)));
    Frame frame = exchange();
    assertThat(frame.event().http().url()).endsWith("/v1/messages");
    assertThat(frame.request().toUtf8()).contains("\"model\":\"claude-sonnet-4-5\"");
    assertThat(frame.response().toBytes()).isEqualTo(Replies.read("anthropic-message.json"));
  }

  @Test
  void aStreamedMessage_isTheSameAndRecorded() throws Exception {
    server.answer(Replies.with("anthropic-message.sse"));

    List<RawMessageStreamEvent> with = stream();

    assertThat(with).isNotEmpty().isEqualTo(untraced(this::stream));
    assertThat(exchange().response().toBytes()).isEqualTo(Replies.read("anthropic-message.sse"));
  }

  @Test
  void aRefusal_failsTheSameAndIsRecorded() throws Exception {
    byte[] error = utf8("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\"}}");
    server.answer((request, reply) -> reply.send(400, JSON, error));

    Throwable with = catchThrowable(() -> client.messages().create(PARAMS));

    Throwable without = untraced(() -> catchThrowable(() -> client.messages().create(PARAMS)));
    assertThat(with).hasSameClassAs(without).hasMessage(without.getMessage());
    assertThat(exchange().event().http().status()).isEqualTo(400);
    assertThat(exchange().response().toBytes()).isEqualTo(error);
  }

  private List<RawMessageStreamEvent> stream() {
    try (StreamResponse<RawMessageStreamEvent> stream = client.messages().createStreaming(PARAMS)) {
      return stream.stream().toList();
    }
  }
}
