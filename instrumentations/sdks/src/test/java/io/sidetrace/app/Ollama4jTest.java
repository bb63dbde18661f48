package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.ollama4j.Ollama;
import io.github.ollama4j.models.chat.OllamaChatMessageRole;
import io.github.ollama4j.models.chat.OllamaChatRequest;
import io.github.ollama4j.models.embed.OllamaEmbedRequest;
import io.github.ollama4j.tools.Tools;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** ollama4j over the JDK's client. */
class Ollama4jTest extends SdkTest {

  @Override
  public Library library() {
    return Library.of("ollama4j", Ollama.class);
  }

  @Override
  public Map<Limit, String> limits() {
    return Map.of(Limit.NO_ASYNC, "its chat blocks.");
  }

  private Ollama ollama() {
    return new Ollama(server.uri("").toString());
  }

  private static OllamaChatRequest ask() {
    return OllamaChatRequest.builder()
        .withModel("llama3.2")
        .withMessage(OllamaChatMessageRole.USER, "Hi")
        .withTools(new ArrayList<>()); // 1.1.2 adds to them
  }

  private static String chat(Ollama ollama) throws Exception {
    return ollama.chat(ask(), null).getResponseModel().getMessage().getResponse();
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void chat() throws Exception {
    Ollama ollama = ollama();

    Frame frame = once("java.net.http", json("ollama.json"), () -> chat(ollama));

    assertThat(frame.event().http().url()).endsWith("/api/chat");
    assertThat(frame.response().toBytes()).isEqualTo(reply("ollama.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void stream() throws Exception {
    Ollama ollama = ollama();

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

  /** The SDK calls the tool and sends its result by itself. */
  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void tools() throws Exception {
    Ollama ollama = ollama();
    ollama.registerTool(
        Tools.Tool.builder()
            .toolSpec(
                Tools.ToolSpec.builder()
                    .name("weather")
                    .description("Tells it")
                    .parameters(Tools.Parameters.of(Map.of()))
                    .build())
            .toolFunction(arguments -> "rain")
            .build());

    List<Frame> frames =
        exchanges(
            2,
            "java.net.http",
            inTurn("ollama-tools.json", "ollama.json"),
            () ->
                ollama
                    .chat(ask().withUseTools(true), null)
                    .getResponseModel()
                    .getMessage()
                    .getResponse());

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("ollama-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("rain");
  }

  @Test
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings() throws Exception {
    Ollama ollama = ollama();

    Frame frame =
        once(
            "java.net.http",
            json("ollama-embed.json"),
            () ->
                ollama.embed(new OllamaEmbedRequest("all-minilm", List.of("Hi"))).getEmbeddings());

    assertThat(frame.response().toBytes()).isEqualTo(reply("ollama-embed.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Ollama ollama = ollama();

    Frame frame = once("java.net.http", refusal(), () -> outcome(() -> chat(ollama)));

    assertThat(frame.event().http().status()).isEqualTo(400);
  }
}
