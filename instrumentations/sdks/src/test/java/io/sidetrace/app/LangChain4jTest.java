package io.sidetrace.app;

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
import io.sidetrace.instrumentation.testing.ModelContract;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** LangChain4j's models of five providers over what they send with by default. */
class LangChain4jTest extends ModelContract<LangChain4jProvider> {
  private static final UserMessage ASK = UserMessage.from("What is the weather?");
  private static final ChatRequest WITH_TOOL =
      ChatRequest.builder()
          .messages(ASK)
          .toolSpecifications(
              ToolSpecification.builder().name("weather").description("Tells it").build())
          .build();

  @Override
  protected List<LangChain4jProvider> providers() {
    return List.of(LangChain4jProvider.values());
  }

  @Override
  protected Callable<?> chat(LangChain4jProvider provider) {
    ChatModel model = provider.chatModel(server.uri(""));
    return () -> model.chat("Hi");
  }

  @Override
  protected Callable<?> chatWithTool(LangChain4jProvider provider) {
    ChatModel model = provider.chatModel(server.uri(""));
    return () -> {
      AiMessage call = model.chat(WITH_TOOL).aiMessage();
      ToolExecutionResultMessage rain =
          ToolExecutionResultMessage.from(call.toolExecutionRequests().get(0), "rain");
      return model.chat(ASK, call, rain).aiMessage().text();
    };
  }

  @Override
  protected Callable<?> chatStreaming(LangChain4jProvider provider) {
    StreamingChatModel model = provider.streamingModel(server.uri(""));
    return () -> text(model);
  }

  @Override
  protected Callable<?> embed(LangChain4jProvider provider) {
    EmbeddingModel model = provider.embeddingModel(server.uri(""));
    return () -> model.embed("Hi").content().vectorAsList();
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
