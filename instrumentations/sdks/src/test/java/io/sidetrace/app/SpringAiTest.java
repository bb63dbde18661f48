package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Spring AI 1.1: calls through RestClient, streams through WebClient. */
class SpringAiTest extends SdkTest {

  private OpenAiChatModel model() {
    return OpenAiChatModel.builder()
        .openAiApi(
            OpenAiApi.builder()
                .baseUrl(server.uri("").toString())
                .apiKey("k")
                .restClientBuilder(
                    RestClient.builder().requestFactory(new JdkClientHttpRequestFactory()))
                .webClientBuilder(
                    WebClient.builder().clientConnector(new ReactorClientHttpConnector()))
                .build())
        .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o-mini").build())
        .build();
  }

  @Test
  void call() throws Exception {
    OpenAiChatModel model = model();

    Frame frame =
        once(
            "java.net.http",
            (request, reply) -> reply.send(200, JSON, reply("openai-chat.json")),
            () -> model.call("Hi"));

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.json"));
  }

  @Test
  void stream() throws Exception {
    OpenAiChatModel model = model();

    Frame frame =
        once(
            "reactor-netty",
            stream("openai-chat.sse", "text/event-stream"),
            () -> model.stream(new Prompt("Hi")).map(SpringAiTest::texts).collectList().block());

    assertThat(frame.response().toBytes()).isEqualTo(reply("openai-chat.sse"));
  }

  /** Of the last part, which has the usage, none. */
  private static List<String> texts(ChatResponse part) {
    return part.getResults().stream()
        .map(result -> String.valueOf(result.getOutput().getText()))
        .toList();
  }
}
