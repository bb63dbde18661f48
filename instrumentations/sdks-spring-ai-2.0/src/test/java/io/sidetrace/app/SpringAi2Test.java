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
import org.springframework.core.SpringVersion;

/**
 * Spring AI 2 on Spring 7: OpenAI's and Anthropic's own SDKs, RestClient and WebClient for Ollama.
 */
class SpringAi2Test extends SdkTest {

  @ParameterizedTest
  @EnumSource
  void call(SpringAi2Provider provider) throws Exception {
    assertThat(SpringVersion.getVersion()).startsWith("7.");
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame = once(provider.client, json(provider.reply + ".json"), () -> model.call("Hi"));

    assertThat(frame.event().http().url()).endsWith(provider.path);
    assertThat(frame.response().toBytes()).isEqualTo(reply(provider.reply + ".json"));
  }

  @ParameterizedTest
  @EnumSource
  void tools(SpringAi2Provider provider) throws Exception {
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame =
        once(
            provider.client,
            json(provider.reply + "-tools.json"),
            () ->
                model.call(new Prompt("What is the weather?")).getResults().stream()
                    .flatMap(result -> result.getOutput().getToolCalls().stream())
                    .map(call -> call.name() + call.arguments())
                    .toList());

    assertThat(frame.response().toUtf8()).contains("weather");
  }

  @ParameterizedTest
  @EnumSource
  void refused(SpringAi2Provider provider) throws Exception {
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame = once(provider.client, refusal(), () -> outcome(() -> model.call("Hi")));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }

  @ParameterizedTest
  @EnumSource
  void stream(SpringAi2Provider provider) throws Exception {
    ChatModel model = provider.model(server.uri("").toString());

    Frame frame =
        once(
            provider.streamingClient,
            stream(provider.reply + provider.stream, provider.streamType),
            () -> model.stream(new Prompt("Hi")).map(SpringAi2Test::texts).collectList().block());

    assertThat(reply(provider.reply + provider.stream)).startsWith(frame.response().toBytes());
  }

  /** Of the last part, which has the usage, none. */
  private static List<String> texts(ChatResponse part) {
    return part.getResults().stream()
        .map(result -> String.valueOf(result.getOutput().getText()))
        .toList();
  }
}
