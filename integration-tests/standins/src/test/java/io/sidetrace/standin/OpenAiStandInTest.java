package io.sidetrace.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenAiStandInTest {
  private final OpenAiStandIn standIn = OpenAiStandIn.start(StandInOptions.defaults());
  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void stop() {
    standIn.close();
  }

  @Test
  void chatCompletions_answersTheSameQuestionWithTheSameBytes() throws Exception {
    String question = chat("m", "hello there", "");

    String first = post("/chat/completions", question).body();
    String second = post("/chat/completions", question).body();

    assertThat(first)
        .isEqualTo(second)
        .contains("You said: hello there.")
        .contains("\"prompt_tokens\":5", "\"cached_tokens\":2", "\"reasoning_tokens\":4");
  }

  @Test
  void chatCompletions_streamsTheTextOfThePlainAnswer() throws Exception {
    String plain = post("/chat/completions", chat("m", "hi", "")).body();

    String streamed =
        post(
                "/chat/completions",
                chat("m", "hi", ",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
            .body();

    String text =
        streamed
            .lines()
            .filter(line -> line.contains("\"delta\":{\"content\":\""))
            .map(line -> line.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
            .collect(Collectors.joining());
    assertThat(plain).contains("\"content\":\"" + text + "\"");
    assertThat(streamed).contains("\"usage\":{\"prompt_tokens\":4").endsWith("data: [DONE]\n\n");
  }

  @Test
  void chatCompletions_failsWithTheStatusInTheModelsName() throws Exception {
    HttpResponse<String> answer = post("/chat/completions", chat("fail-429", "hi", ""));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.body()).contains("rate_limit_exceeded");
  }

  @Test
  void chatCompletions_cutsTheStreamWhereTheModelsNameSaysSo() {
    String question = chat("cut-stream", "hi", ",\"stream\":true");

    assertThatThrownBy(() -> post("/chat/completions", question)).isInstanceOf(IOException.class);
  }

  @Test
  void responses_answersPlainAndStreamed() throws Exception {
    String plain = post("/responses", "{\"model\":\"m\",\"input\":\"hi\"}").body();
    String streamed =
        post("/responses", "{\"model\":\"m\",\"input\":\"hi\",\"stream\":true}").body();

    assertThat(plain).contains("\"object\":\"response\"", "You said: hi.");
    assertThat(streamed).contains("event: response.output_text.delta").contains(plain);
  }

  @Test
  void embeddings_answersWithAVector() throws Exception {
    String answer = post("/embeddings", "{\"model\":\"m\",\"input\":[\"hi\"]}").body();

    assertThat(answer).contains("\"embedding\":[", "\"total_tokens\":4");
  }

  @Test
  void parse_namesTheUsageForAnArgumentItDoesNotKnow() {
    assertThat(StandInOptions.parse("--delay=40", "--port=1").delay()).hasMillis(40);
    assertThatThrownBy(() -> StandInOptions.parse("--speed=9")).hasMessageStartingWith("usage:");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    URI uri = URI.create(standIn.baseUrl() + path);
    return http.send(
        HttpRequest.newBuilder(uri).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static String chat(String model, String text, String more) {
    return "{\"model\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
        .formatted(model, text, more);
  }
}
