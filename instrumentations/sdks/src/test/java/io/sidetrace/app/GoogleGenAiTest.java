package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.Content;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Part;
import com.google.genai.types.Tool;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Google's SDK over Apache HttpClient 4, later over OkHttp. */
class GoogleGenAiTest extends SdkTest {
  private static final String MODEL = "gemini-2.0-flash";
  private static final Library LIBRARY = Library.of("google-genai", Client.class);
  private static final String CLIENT =
      LIBRARY.version().equals("1.0.0") ? "apache-httpclient-4" : "okhttp";

  @Override
  public Library library() {
    return LIBRARY;
  }

  private Client gemini() {
    return Client.builder()
        .apiKey("k")
        .httpOptions(HttpOptions.builder().baseUrl(server.uri("").toString()).build())
        .build();
  }

  @Test
  @Covers(Behaviour.SDK_PLAIN)
  void generateContent() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            CLIENT,
            json("gemini.json"),
            () -> gemini.models.generateContent(MODEL, "Hi", null).text());

    assertThat(frame.event().http().url()).endsWith(":generateContent");
    assertThat(frame.response().toBytes()).isEqualTo(reply("gemini.json"));
  }

  @Test
  @Covers(Behaviour.SDK_STREAM)
  void generateContentStream() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            CLIENT,
            stream("gemini.sse", "text/event-stream"),
            () -> {
              List<String> parts = new ArrayList<>();
              try (ResponseStream<GenerateContentResponse> stream =
                  gemini.models.generateContentStream(MODEL, "Hi", null)) {
                stream.forEach(part -> parts.add(part.text()));
              }
              return parts;
            });

    assertThat(frame.event().http().url()).contains(":streamGenerateContent");
    assertThat(frame.response().toBytes()).isEqualTo(reply("gemini.sse"));
  }

  @Test
  @Covers(Behaviour.SDK_ASYNC)
  void generateContentAsync() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            CLIENT,
            json("gemini.json"),
            () ->
                gemini
                    .async
                    .models
                    .generateContent(MODEL, "Hi", null)
                    .get(20, TimeUnit.SECONDS)
                    .text());

    assertThat(frame.response().toBytes()).isEqualTo(reply("gemini.json"));
  }

  @Test
  @Covers(Behaviour.SDK_TOOLS)
  void tools() throws Exception {
    Client gemini = gemini();
    Content question = Content.fromParts(Part.fromText("What is the weather?"));
    FunctionDeclaration weather =
        FunctionDeclaration.builder().name("weather").description("Tells it").build();
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .tools(List.of(Tool.builder().functionDeclarations(List.of(weather)).build()))
            .build();

    List<Frame> frames =
        exchanges(
            2,
            CLIENT,
            inTurn("gemini-tools.json", "gemini.json"),
            () -> {
              GenerateContentResponse answer =
                  gemini.models.generateContent(MODEL, List.of(question), config);
              Content call = answer.candidates().orElseThrow().get(0).content().orElseThrow();
              Content rain =
                  Content.fromParts(
                      Part.fromFunctionResponse("weather", Map.of("weather", "rain")));
              return gemini
                  .models
                  .generateContent(MODEL, List.of(question, call, rain), config)
                  .text();
            });

    assertThat(frames.get(0).request().toUtf8()).contains("weather");
    assertThat(frames.get(0).response().toBytes()).isEqualTo(reply("gemini-tools.json"));
    assertThat(frames.get(1).request().toUtf8()).contains("functionResponse", "rain");
  }

  @Test
  @Covers(Behaviour.SDK_EMBEDDINGS)
  void embeddings() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            CLIENT,
            json("gemini-batch-embed.json"),
            () ->
                gemini
                    .models
                    .embedContent("gemini-embedding-001", "Hi", null)
                    .embeddings()
                    .orElseThrow()
                    .get(0)
                    .values());

    assertThat(frame.response().toBytes()).isEqualTo(reply("gemini-batch-embed.json"));
  }

  @Test
  @Covers(Behaviour.SDK_ERROR)
  void refused() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            CLIENT,
            refusal(),
            () -> outcome(() -> gemini.models.generateContent(MODEL, "Hi", null)));

    assertThat(frame.event().http().status()).isEqualTo(400);
  }
}
