package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.ModelContract;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Spring AI 1: calls through RestClient, streams through WebClient. */
class SpringAiTest extends ModelContract<SpringAiProvider> {
  private static final Prompt WITH_TOOL =
      new Prompt(
          "What is the weather?",
          ToolCallingChatOptions.builder()
              .toolCallbacks(
                  FunctionToolCallback.builder("weather", (Place place) -> "rain")
                      .description("Tells it")
                      .inputType(Place.class)
                      .build())
              .build());

  record Place(String place) {}

  @Override
  protected List<SpringAiProvider> providers() {
    return List.of(SpringAiProvider.values());
  }

  private ChatModel chatModel(SpringAiProvider provider) {
    return provider.chatModel(server.uri("").toString());
  }

  @Override
  protected Callable<?> chat(SpringAiProvider provider) {
    ChatModel model = chatModel(provider);
    return () -> model.call("Hi");
  }

  /** The model calls the tool and sends its result by itself. */
  @Override
  protected Callable<?> chatWithTool(SpringAiProvider provider) {
    ChatModel model = chatModel(provider);
    return () -> model.call(WITH_TOOL).getResult().getOutput().getText();
  }

  @Override
  protected Callable<?> chatStreaming(SpringAiProvider provider) {
    ChatModel model = chatModel(provider);
    return () -> model.stream(new Prompt("Hi")).map(SpringAiTest::texts).collectList().block();
  }

  /** Of the last part, which has the usage, none. */
  private static List<String> texts(ChatResponse part) {
    return part.getResults().stream()
        .map(result -> String.valueOf(result.getOutput().getText()))
        .toList();
  }

  @Override
  protected Callable<?> embed(SpringAiProvider provider) {
    EmbeddingModel model = provider.embeddingModel(server.uri("").toString());
    return () -> Arrays.toString(model.embed("Hi"));
  }
}
