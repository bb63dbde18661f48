package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Client;
import com.google.genai.types.HttpOptions;
import io.sidetrace.event.Frame;
import org.junit.jupiter.api.Test;

/** Google's SDK over OkHttp. */
class GoogleGenAiTest extends SdkTest {

  @Test
  void generateContent() throws Exception {
    Client gemini =
        Client.builder()
            .apiKey("k")
            .httpOptions(HttpOptions.builder().baseUrl(server.uri("").toString()).build())
            .build();

    Frame frame =
        once(
            "okhttp",
            (request, reply) -> reply.send(200, JSON, reply("gemini.json")),
            () -> gemini.models.generateContent("gemini-2.0-flash", "Hi", null).text());

    assertThat(frame.event().http().url()).endsWith(":generateContent");
    assertThat(frame.response().toBytes()).isEqualTo(reply("gemini.json"));
  }
}
