package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.ModelContract;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeAll;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingModel;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.core.SpringVersion;

/**
 * Spring AI 2 on Spring 7: OpenAI's and Anthropic's own SDKs, RestClient and WebClient for Ollama.
 */
class SpringAi2Test extends ModelContract<SpringAi2Provider> {
  private static final ToolCallback WEATHER =
      FunctionToolCallback.builder("weather", (Place place) -> "rain")
          .description("Tells it")
          .inputType(Place.class)
          .build();

  record Place(String place) {}

  @BeforeAll
  static void springIsNew() {
    assertThat(SpringVersion.getVersion()).startsWith("7.");
  }

  @Override
  protected List<SpringAi2Provider> providers() {
    return List.of(SpringAi2Provider.values());
  }

  private ChatModel chatModel(SpringAi2Provider provider) {
    return provider.chatModel(server.uri("").toString());
  }

  @Override
  protected Callable<?> chat(SpringAi2Provider provider) {
    ChatModel model = chatModel(provider);
    return () -> model.call("Hi");
  }

  @Override
  protected Callable<?> chatWithTool(SpringAi2Provider provider) {
    ChatModel model = chatModel(provider);
    Prompt ask =
        new Prompt(
            "What is the weather?",
            ((ToolCallingChatOptions) model.getOptions()).mutate().toolCallbacks(WEATHER).build());
    return () -> {
      ToolExecutionResult rain =
          ToolCallingManager.builder().build().executeToolCalls(ask, model.call(ask));
      Prompt answered = new Prompt(rain.conversationHistory(), ask.getOptions());
      return model.call(answered).getResult().getOutput().getText();
    };
  }

  @Override
  protected Callable<?> chatStreaming(SpringAi2Provider provider) {
    ChatModel model = chatModel(provider);
    return () -> model.stream(new Prompt("Hi")).map(SpringAi2Test::texts).collectList().block();
  }

  @Override
  protected boolean readsStreamsToTheirEnd() {
    return false;
  }

  /** Of the last part, which has the usage, none. */
  private static List<String> texts(ChatResponse part) {
    return part.getResults().stream()
        .map(result -> String.valueOf(result.getOutput().getText()))
        .toList();
  }

  @Override
  protected Callable<?> embed(SpringAi2Provider provider) {
    EmbeddingModel model = provider.embeddingModel(server.uri("").toString());
    return () -> Arrays.toString(model.embed("Hi"));
  }
}
