package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
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
class SpringAi2Test extends SdkTest {
  private static final ToolCallback WEATHER =
      FunctionToolCallback.builder("weather", (Place place) -> "rain")
          .description("Tells it")
          .inputType(Place.class)
          .build();

  record Place(String place) {}

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_PLAIN)
  void call(SpringAi2Provider provider) throws Exception {
    assertThat(SpringVersion.getVersion()).startsWith("7.");
    ChatModel model = provider.chatModel(server.uri("").toString());

    Frame frame = once(provider.client, json(provider.api.plain()), () -> model.call("Hi"));

    assertThat(frame.event().http().url()).endsWith(provider.api.path());
    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.plain()));
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_TOOLS)
  void tools(SpringAi2Provider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri("").toString());
    Prompt ask =
        new Prompt(
            "What is the weather?",
            ((ToolCallingChatOptions) model.getOptions()).mutate().toolCallbacks(WEATHER).build());

    List<Frame> frames =
        exchanges(
            2,
            provider.client,
            inTurn(provider.api.tools(), provider.api.plain()),
            () -> {
              ToolExecutionResult rain =
                  ToolCallingManager.builder().build().executeToolCalls(ask, model.call(ask));
              Prompt answered = new Prompt(rain.conversationHistory(), ask.getOptions());
              return model.call(answered).getResult().getOutput().getText();
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply(provider.api.tools()));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_ERROR)
  void refused(SpringAi2Provider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri("").toString());

    Frame frame = once(provider.client, refusal(), () -> outcome(() -> model.call("Hi")));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_STREAM)
  void stream(SpringAi2Provider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri("").toString());

    Frame frame =
        once(
            provider.streamingClient,
            stream(provider.api.stream(), provider.api.streamType()),
            () -> model.stream(new Prompt("Hi")).map(SpringAi2Test::texts).collectList().block());

    assertThat(reply(provider.api.stream())).startsWith(frame.response().toBytes());
  }

  /** Of the last part, which has the usage, none. */
  private static List<String> texts(ChatResponse part) {
    return part.getResults().stream()
        .map(result -> String.valueOf(result.getOutput().getText()))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "ANTHROPIC")
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings(SpringAi2Provider provider) throws Exception {
    EmbeddingModel model = provider.embeddingModel(server.uri("").toString());

    Frame frame =
        once(
            provider.client,
            json(provider.api.embedding()),
            () -> Arrays.toString(model.embed("Hi")));

    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.embedding()));
  }
}
