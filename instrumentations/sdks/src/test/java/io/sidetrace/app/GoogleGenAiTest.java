package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.ResponseStream;
import com.google.genai.types.FunctionDeclaration;
import com.google.genai.types.GenerateContentConfig;
import com.google.genai.types.GenerateContentResponse;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.Tool;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.SdkTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Google's SDK over OkHttp. */
class GoogleGenAiTest extends SdkTest {
  private static final String MODEL = "gemini-2.0-flash";

  private Client gemini() {
    return Client.builder()
        .apiKey("k")
        .httpOptions(HttpOptions.builder().baseUrl(server.uri("").toString()).build())
        .build();
  }

  @Test
  void generateContent() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            "okhttp",
            json("gemini.json"),
            () -> gemini.models.generateContent(MODEL, "Hi", null).text());

    assertThat(frame.event().http().url()).endsWith(":generateContent");
    assertThat(frame.response().toBytes()).isEqualTo(reply("gemini.json"));
  }

  @Test
  void generateContentStream() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            "okhttp",
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
  void tools() throws Exception {
    Client gemini = gemini();
    GenerateContentConfig config =
        GenerateContentConfig.builder()
            .tools(
                Tool.builder()
                    .functionDeclarations(
                        FunctionDeclaration.builder()
                            .name("weather")
                            .description("Tells it")
                            .build())
                    .build())
            .build();

    Frame frame =
        once(
            "okhttp",
            json("gemini-tools.json"),
            () ->
                gemini.models.generateContent(MODEL, "Hi", config).functionCalls().stream()
                    .map(call -> call.name() + "" + call.args())
                    .toList());

    assertThat(frame.request().toUtf8()).contains("weather");
  }

  @Test
  void refused() throws Exception {
    Client gemini = gemini();

    Frame frame =
        once(
            "okhttp",
            refusal(),
            () -> outcome(() -> gemini.models.generateContent(MODEL, "Hi", null)));

    assertThat(frame.event().http().status()).isEqualTo(400);
  }
}
