package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.embedding.EmbeddingModel;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** LangChain4j's models of five providers over what they send with by default. */
class LangChain4jTest extends SdkTest {
  private static final UserMessage ASK = UserMessage.from("What is the weather?");
  private static final ChatRequest WITH_TOOL =
      ChatRequest.builder()
          .messages(ASK)
          .toolSpecifications(
              ToolSpecification.builder().name("weather").description("Tells it").build())
          .build();

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_PLAIN)
  void chat(LangChain4jProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri(""));

    Frame frame = once(provider.client, json(provider.api.plain()), () -> model.chat("Hi"));

    assertThat(frame.event().http().url()).contains(provider.api.path());
    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.plain()));
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_TOOLS)
  void tools(LangChain4jProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri(""));

    List<Frame> frames =
        exchanges(
            2,
            provider.client,
            inTurn(provider.api.tools(), provider.api.plain()),
            () -> {
              AiMessage call = model.chat(WITH_TOOL).aiMessage();
              ToolExecutionResultMessage rain =
                  ToolExecutionResultMessage.from(call.toolExecutionRequests().get(0), "rain");
              return model.chat(ASK, call, rain).aiMessage().text();
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply(provider.api.tools()));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_ERROR)
  void refused(LangChain4jProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri(""));

    Frame frame = once(provider.client, refusal(), () -> outcome(() -> model.chat("Hi")));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_STREAM)
  void stream(LangChain4jProvider provider) throws Exception {
    StreamingChatModel model = provider.streamingModel(server.uri(""));

    Frame frame =
        once(
            provider.streamingClient,
            stream(provider.api.stream(), provider.api.streamType()),
            () -> text(model));

    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.stream()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings(LangChain4jProvider provider) throws Exception {
    EmbeddingModel model = provider.embeddingModel(server.uri(""));

    Frame frame =
        once(
            provider.client,
            json(provider.api.embedding()),
            () -> model.embed("Hi").content().vectorAsList());

    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.embedding()));
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
