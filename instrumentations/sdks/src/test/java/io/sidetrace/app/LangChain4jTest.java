package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's models of five providers over what they send with by default. */
class LangChain4jTest extends SdkTest {
  private static final ChatRequest WITH_TOOL =
      ChatRequest.builder()
          .messages(UserMessage.from("What is the weather?"))
          .toolSpecifications(
              ToolSpecification.builder().name("weather").description("Tells it").build())
          .build();

  @ParameterizedTest
  @EnumSource
  void chat(LangChain4jProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri(""));

    Frame frame = once(provider.client, json(provider.reply + ".json"), () -> model.chat("Hi"));

    assertThat(frame.event().http().url()).contains(provider.path);
    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.reply + ".json"));
  }

  @ParameterizedTest
  @EnumSource
  void tools(LangChain4jProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri(""));

    Frame frame =
        once(
            provider.client,
            json(provider.reply + "-tools.json"),
            () ->
                model.chat(WITH_TOOL).aiMessage().toolExecutionRequests().stream()
                    .map(call -> call.name() + call.arguments())
                    .toList());

    assertThat(frame.request().toUtf8()).contains("weather");
    assertThat(frame.response().toUtf8()).contains("weather");
  }

  @ParameterizedTest
  @EnumSource
  void refused(LangChain4jProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri(""));

    Frame frame = once(provider.client, refusal(), () -> outcome(() -> model.chat("Hi")));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @EnumSource
  void stream(LangChain4jProvider provider) throws Exception {
    StreamingChatModel model = provider.streamingModel(server.uri(""));

    Frame frame =
        once(
            provider.streamingClient,
            stream(provider.reply + provider.stream, provider.streamType),
            () -> text(model));

    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.reply + provider.stream));
  }

  private static String text(StreamingChatModel model) throws Exception {
    CompletableFuture<String> text = new CompletableFuture<>();
    model.chat(
        List.of(UserMessage.from("Hi")),
        new StreamingChatResponseHandler() {
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
        });
    return text.get(20, TimeUnit.SECONDS);
  }
}
