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
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Spring AI 1: calls through RestClient, streams through WebClient. */
class SpringAiTest extends SdkTest {
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

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_PLAIN)
  void call(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri("").toString());

    Frame frame = once("java.net.http", json(provider.api.plain()), () -> model.call("Hi"));

    assertThat(frame.event().http().url()).endsWith(provider.api.path());
    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.plain()));
  }

  /** The model calls the tool and sends its result by itself. */
  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_TOOLS)
  void tools(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri("").toString());

    List<Frame> frames =
        exchanges(
            2,
            "java.net.http",
            inTurn(provider.api.tools(), provider.api.plain()),
            () -> model.call(WITH_TOOL).getResult().getOutput().getText());

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply(provider.api.tools()));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_ERROR)
  void refused(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri("").toString());

    Frame frame = once("java.net.http", refusal(), () -> outcome(() -> model.call("Hi")));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @EnumSource
  @Covers(Behaviour.SDK_STREAM)
  void stream(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.chatModel(server.uri("").toString());

    Frame frame =
        once(
            "reactor-netty",
            stream(provider.api.stream(), provider.api.streamType()),
            () -> model.stream(new Prompt("Hi")).map(SpringAiTest::texts).collectList().block());

    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.stream()));
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
  void embeddings(SpringAiProvider provider) throws Exception {
    EmbeddingModel model = provider.embeddingModel(server.uri("").toString());

    Frame frame =
        once(
            "java.net.http",
            json(provider.api.embedding()),
            () -> Arrays.toString(model.embed("Hi")));

    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.api.embedding()));
  }
}
