package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.cohere.api.Cohere;
import com.cohere.api.core.ObjectMappers;
import com.cohere.api.resources.v2.requests.V2ChatRequest;
import com.cohere.api.resources.v2.requests.V2ChatStreamRequest;
import com.cohere.api.types.ChatMessageV2;
import com.cohere.api.types.UserMessageV2;
import com.cohere.api.types.UserMessageV2Content;
import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** ollama4j over the JDK's client, Cohere's SDK over OkHttp. */
class OllamaAndCohereTest extends SdkTest {

  private Cohere cohere() {
    return Cohere.builder().token("k").url(server.uri("").toString()).maxRetries(0).build();
  }

  private static List<ChatMessageV2> hi() {
    return List.of(
        ChatMessageV2.user(UserMessageV2.builder().content(UserMessageV2Content.of("Hi")).build()));
  }

  private static OllamaChatRequest ask() {
    return OllamaChatRequest.builder()
        .withModel("llama3.2")
        .withMessage(OllamaChatMessageRole.USER, "Hi")
        .build();
  }

  @Test
  void ollamaChat() throws Exception {
    Ollama ollama = new Ollama(server.uri("").toString());

    Frame frame =
        once(
            "java.net.http",
            json("ollama.json"),
            () -> ollama.chat(ask(), null).getResponseModel().getMessage().getResponse());

    assertThat(frame.event().http().url()).endsWith("/api/chat");
    assertThat(frame.response().toBytes()).isEqualTo(reply("ollama.json"));
  }

  @Test
  void ollamaStreams() throws Exception {
    Ollama ollama = new Ollama(server.uri("").toString());

    Frame frame =
        once(
            "java.net.http",
            stream("ollama.ndjson", "application/x-ndjson"),
            () -> {
              List<String> tokens = new ArrayList<>();
              ollama.chat(
                  ask(), part -> tokens.add(String.valueOf(part.getMessage().getResponse())));
              return tokens;
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("ollama.ndjson"));
  }

  @Test
  void ollamaRefused() throws Exception {
    Ollama ollama = new Ollama(server.uri("").toString());

    Frame frame = once("java.net.http", refusal(), () -> outcome(() -> ollama.chat(ask(), null)));

    assertThat(frame.event().http().status()).isEqualTo(400);
  }

  @Test
  void cohereChat() throws Exception {
    Frame frame =
        once(
            "okhttp",
            json("cohere.json"),
            () ->
                cohere()
                    .v2()
                    .chat(V2ChatRequest.builder().model("command-r").messages(hi()).build())
                    .getMessage()
                    .toString());

    assertThat(frame.event().http().url()).endsWith("/v2/chat");
    assertThat(frame.response().toBytes()).isEqualTo(reply("cohere.json"));
  }

  @Test
  void cohereStreams() throws Exception {
    Frame frame =
        once(
            "okhttp",
            stream("cohere.sse", "text/event-stream"),
            () -> {
              List<String> parts = new ArrayList<>();
              cohere()
                  .v2()
                  .chatStream(
                      V2ChatStreamRequest.builder().model("command-r").messages(hi()).build())
                  .forEach(part -> parts.add(ObjectMappers.stringify(part)));
              return parts;
            });

    assertThat(frame.response().toBytes()).isEqualTo(reply("cohere.sse"));
  }

  @Test
  void cohereRefused() throws Exception {
    Frame frame =
        once(
            "okhttp",
            refusal(),
            () ->
                outcome(
                    () ->
                        cohere()
                            .v2()
                            .chat(
                                V2ChatRequest.builder()
                                    .model("command-r")
                                    .messages(hi())
                                    .build())));

    assertThat(frame.event().http().status()).isEqualTo(400);
    assertThat(frame.response().toBytes()).isEqualTo(REFUSAL);
  }
}
