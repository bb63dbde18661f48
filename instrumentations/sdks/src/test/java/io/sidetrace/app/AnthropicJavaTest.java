package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolUnion;
import com.anthropic.models.messages.ToolUseBlock;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Anthropic's SDK over OkHttp. */
class AnthropicJavaTest extends SdkTest {
  private static final MessageCreateParams PARAMS =
      MessageCreateParams.builder()
          .model("claude-sonnet-4-5")
          .maxTokens(64)
          .addUserMessage("Hi")
          .build();

  private AnthropicClient client;

  @Override
  public Library library() {
    return Library.of("anthropic-java", AnthropicClient.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(Limit.NO_EMBEDDINGS, "the provider has none.");
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
  @Covers(Behaviour.SDK_PLAIN)
  void message() throws Exception {
    Frame frame = once("okhttp", json("anthropic.json"), () -> client.messages().create(PARAMS));

    assertThat(frame.event().http().url()).endsWith("/v1/messages");
    assertThat(frame.request().toUtf8()).contains("\"model\":\"claude-sonnet-4-5\"");
    assertThat(frame.response().toBytes()).isEqualTo(reply("anthropic.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    Frame frame =
        once(
            "okhttp",
            stream("anthropic.sse", "text/event-stream"),
            () -> {
              try (StreamResponse<RawMessageStreamEvent> stream =
                  client.messages().createStreaming(PARAMS)) {
                return stream.stream().toList();
              }
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("anthropic.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void tools() throws Exception {
    Tool weather =
        Tool.builder().name("weather").inputSchema(Tool.InputSchema.builder().build()).build();
    MessageCreateParams asked =
        PARAMS.toBuilder().tools(List.of(ToolUnion.ofTool(weather))).build();

    List<Frame> frames =
        exchanges(
            2,
            "okhttp",
            inTurn("anthropic-tools.json", "anthropic.json"),
            () -> {
              ToolUseBlock call = client.messages().create(asked).content().get(1).asToolUse();
              return client.messages().create(answered(asked, call.id()));
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("anthropic-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("tool_result", "rain");
  }

  /** As JSON, since how it is typed differs between versions. */
  @SuppressWarnings("unchecked")
  private static MessageCreateParams answered(MessageCreateParams asked, String id) {
    Map<String, ?> call =
        Map.of("type", "tool_use", "id", id, "name", "weather", "input", Map.of("place", "Oslo"));
    Map<String, ?> rain = Map.of("type", "tool_result", "tool_use_id", id, "content", "rain");
    return asked.toBuilder()
        .messages(
            JsonValue.from(
                List.of(
                    Map.of("role", "user", "content", "Hi"),
                    Map.of("role", "assistant", "content", List.of(call)),
                    Map.of("role", "user", "content", List.of(rain)))))
        .build();
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void messageAsync() throws Exception {
    Frame frame =
        once(
            "okhttp",
            json("anthropic.json"),
            () -> client.async().messages().create(PARAMS).get(20, TimeUnit.SECONDS));

    assertThat(frame.response().toBytes()).isEqualTo(reply("anthropic.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame = once("okhttp", refusal(), () -> outcome(() -> client.messages().create(PARAMS)));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }
}
