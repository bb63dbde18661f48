package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.model.tool.ToolCallingChatOptions;
import org.springframework.ai.tool.function.FunctionToolCallback;

/** Spring AI 1.1: calls through RestClient, streams through WebClient. */
class SpringAiTest extends SdkTest {
  private static final Prompt WITH_TOOL =
      new Prompt(
          "What is the weather?",
          ToolCallingChatOptions.builder()
              .internalToolExecutionEnabled(false)
              .toolCallbacks(
                  FunctionToolCallback.builder("weather", (Place place) -> "rain")
                      .description("Tells it")
                      .inputType(Place.class)
                      .build())
              .build());

  record Place(String place) {}

  @ParameterizedTest
  @EnumSource
  void call(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame = once("java.net.http", json(provider.reply + ".json"), () -> model.call("Hi"));

    assertThat(frame.event().http().url()).endsWith(provider.path);
    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.reply + ".json"));
  }

  @ParameterizedTest
  @EnumSource
  void tools(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame =
        once(
            "java.net.http",
            json(provider.reply + "-tools.json"),
            () ->
                model.call(WITH_TOOL).getResults().stream()
                    .flatMap(result -> result.getOutput().getToolCalls().stream())
                    .map(call -> call.name() + call.arguments())
                    .toList());

    assertThat(frame.request().toUtf8()).contains("weather");
  }

  @ParameterizedTest
  @EnumSource
  void refused(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame = once("java.net.http", refusal(), () -> outcome(() -> model.call("Hi")));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @EnumSource
  void stream(SpringAiProvider provider) throws Exception {
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame =
        once(
            "reactor-netty",
            stream(provider.reply + provider.stream, provider.streamType),
            () -> model.stream(new Prompt("Hi")).map(SpringAiTest::texts).collectList().block());

    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.reply + provider.stream));
  }

  /** Of the last part, which has the usage, none. */
  private static List<String> texts(ChatResponse part) {
    return part.getResults().stream()
        .map(result -> String.valueOf(result.getOutput().getText()))
        .toList();
  }
}
