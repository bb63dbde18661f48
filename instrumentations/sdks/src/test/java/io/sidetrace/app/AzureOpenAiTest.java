package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.ai.openai.OpenAIClient;
import com.azure.ai.openai.OpenAIClientBuilder;
import com.azure.ai.openai.models.ChatCompletionsOptions;
import com.azure.ai.openai.models.ChatRequestUserMessage;
import com.azure.ai.openai.models.EmbeddingsOptions;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpPipelineBuilder;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Azure's SDK over Reactor Netty. */
class AzureOpenAiTest extends SdkTest {

  /** With a pipeline of its own, since a key is sent by HTTPS alone. */
  private OpenAIClient azure() {
    return new OpenAIClientBuilder()
        .endpoint(server.uri("").toString())
        .pipeline(new HttpPipelineBuilder().httpClient(HttpClient.createDefault()).build())
        .buildClient();
  }

  private static ChatCompletionsOptions hi() {
    return new ChatCompletionsOptions(List.of(new ChatRequestUserMessage("Hi")));
  }

  @Test
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
