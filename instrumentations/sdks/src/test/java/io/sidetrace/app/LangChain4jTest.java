package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.sidetrace.event.Frame;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** LangChain4j's OpenAI models over the JDK's client, its default. */
class LangChain4jTest extends SdkTest {

  @Test
  void chat() throws Exception {
    OpenAiChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(server.uri("/v1").toString())
            .apiKey("k")
            .modelName("gpt-4o-mini")
            .build();

    Frame frame =
        once(
            "java.net.http",
            (request, reply) -> reply.send(200, JSON, reply("openai-chat.json")),
            () -> model.chat("Hi"));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  void stream() throws Exception {
    OpenAiStreamingChatModel model =
        OpenAiStreamingChatModel.builder()
            .baseUrl(server.uri("/v1").toString())
            .apiKey("k")
            .modelName("gpt-4o-mini")
            .build();

    Frame frame =
        once(
            "java.net.http",
            stream("openai-chat.sse", "text/event-stream"),
            () -> {
              CompletableFuture<String> text = new CompletableFuture<>();
              model.chat("Hi", collect(text));
              return text.get(20, TimeUnit.SECONDS);
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
  }

  private static StreamingChatResponseHandler collect(CompletableFuture<String> text) {
    return new StreamingChatResponseHandler() {
      @Override
      public void onPartialResponse(String part) {}

      @Override
      public void onCompleteResponse(ChatResponse response) {
        text.complete(response.aiMessage().text());
      }

      @Override
      public void onError(Throwable failure) {
        text.completeExceptionally(failure);
      }
    };
  }
}
