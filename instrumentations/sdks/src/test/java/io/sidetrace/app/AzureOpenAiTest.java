package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.ai.openai.OpenAIAsyncClient;
import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletions;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinition;
import com.azure.ai.openai.models.ChatCompletionsFunctionToolDefinitionFunction;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatCompletionsToolCall;
import com.azure.ai.openai.models.ChatRequestAssistantMessage;
import com.azure.ai.openai.models.ChatRequestMessage;
import com.azure.ai.openai.models.ChatRequestToolMessage;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.util.BinaryData;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Azure's SDK over Reactor Netty. */
class AzureOpenAiTest extends SdkTest {

  @Override
  public Library library() {
    return Library.of("azure-ai-openai", OpenAIClient.class);
  }

  private OpenAIClient azure() {
    return builder().buildClient();
  }

  /** With a pipeline of its own, since a key is sent by HTTPS alone. */
  private OpenAIClientBuilder builder() {
    return new OpenAIClientBuilder()
        .endpoint(server.uri("").toString())
        .pipeline(new HttpPipelineBuilder().httpClient(HttpClient.createDefault()).build());
  }

  private static ChatCompletionsOptions hi() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hi")));
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void chat() throws Exception {
    Frame frame =
        once(
            "reactor-netty",
            json("openai-chat.json"),
            () ->
                azure()
                    .getChatCompletions("gpt-4o", hi())
                    .getChoices()
                    .get(0)
                    .getMessage()
                    .getContent());

    assertThat(frame.event().http().url()).contains("/openai/deployments/gpt-4o/chat/completions");
    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    Frame frame =
        once(
            "reactor-netty",
            stream("openai-chat.sse", "text/event-stream"),
            () ->
                azure().getChatCompletionsStream("gpt-4o", hi()).stream()
                    .map(part -> part.getId() + part.getChoices().size())
                    .toList());

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void chatAsync() throws Exception {
    OpenAIAsyncClient azure = builder().buildAsyncClient();

    List<Frame> frames =
        exchanges(
            2,
            "reactor-netty",
            json("openai-chat.json"),
            () ->
                azure
                    .getChatCompletions("gpt-4o", hi())
                    .flatMap(first -> azure.getChatCompletions("gpt-4o", hi()))
                    .map(ChatCompletions::getId)
                    .toFuture()
                    .get(20, TimeUnit.SECONDS));

    assertThat(frames.get(1).response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void tools() throws Exception {
    ChatRequestMessage question = new ChatRequestUserMessage("What is the weather?");
    ChatCompletionsOptions asked =
        new ChatCompletionsOptions(List.of(question))
            .setTools(
                List.of(
                    new ChatCompletionsFunctionToolDefinition(
                        new ChatCompletionsFunctionToolDefinitionFunction("weather")
                            .setParameters(BinaryData.fromString("{}")))));

    List<Frame> frames =
        exchanges(
            2,
            "reactor-netty",
            inTurn("openai-chat-tools.json", "openai-chat.json"),
            () -> {
              List<ChatCompletionsToolCall> calls =
                  azure()
                      .getChatCompletions("gpt-4o", asked)
                      .getChoices()
                      .get(0)
                      .getMessage()
                      .getToolCalls();
              ChatRequestMessage call = new ChatRequestAssistantMessage("").setToolCalls(calls);
              ChatRequestMessage rain = new ChatRequestToolMessage("rain", calls.get(0).getId());
              return azure()
                  .getChatCompletions(
                      "gpt-4o", new ChatCompletionsOptions(List.of(question, call, rain)))
                  .getId();
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("openai-chat-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @Test
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings() throws Exception {
    Frame frame =
        once(
            "reactor-netty",
            json("openai-embedding.json"),
            () ->
                azure()
                    .getEmbeddings("ada", new EmbeddingsOptions(List.of("Hi")))
                    .getData()
                    .get(0)
                    .getEmbedding());

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-embedding.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Frame frame =
        once(
            "reactor-netty",
            refusal(),
            () -> outcome(() -> azure().getChatCompletions("gpt-4o", hi())));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }
}
