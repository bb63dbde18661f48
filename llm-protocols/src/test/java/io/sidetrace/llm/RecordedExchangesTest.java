package io.sidetrace.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Exchanges recorded from real providers, kept beside the checkout, decode to what an independent
 * reading found. That reading's usage is the provider's own counting, so the buckets are added up
 * again. Without the folder the same comparison runs over nothing; the module's own samples are
 * {@link ConformanceTest}'s.
 */
class RecordedExchangesTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Where the independent reading is wrong, and why. */
  private static final Map<String, String> REFUTED =
      Map.of(
          "openai-chat/04f01c9ad0a6 toolCalls",
          "the answer has function_call, OpenAI's older form of a tool call",
          "openai-chat/05e6fd95a9ed toolCalls",
          "the answer has function_call, OpenAI's older form of a tool call",
          "azure-openai-chat/0ccc343a430a error",
          "the body is an error of the content filter, under status 200",
          "azure-openai-chat/0ccc343a430a choices",
          "an error has no choices; ours are absent, not empty");

  @Test
  void decode_agreesWithAnIndependentReading() throws IOException {
    List<String> differences = new ArrayList<>();
    for (Path folder : Folders.recorded()) {
      Generation generation = Protocols.decode(Folders.read(folder));
      JsonNode expected = MAPPER.readTree(Files.readAllBytes(folder.resolve("expect.json")));
      new Comparison(Folders.name(folder), expected, generation, differences).compare();
    }

    differences.removeIf(difference -> REFUTED.keySet().stream().anyMatch(difference::startsWith));
    assertThat(differences).isEmpty();
  }

  private record Comparison(
      String name, JsonNode expected, Generation got, List<String> differences) {

    void compare() throws IOException {
      same("protocol", text("protocol"), got.protocol());
      same("requestModel", text("requestModel"), got.requestModel());
      same("streaming", expected.get("streaming").asBoolean(), got.streaming());
      same("error", expected.path("error").asBoolean(), got.error() != null);
      same("decodeError", null, got.metadata().get("decodeError"));
      same("complete", true, got.complete());
      if (expected.has("responseModel")) {
        same("model", text("responseModel"), got.model());
      }
      if (expected.has("choices")) {
        same("choices", texts("choices"), got.choices());
      }
      if (expected.has("finish")) {
        same("finish", texts("finish"), got.finishReasons());
      }
      if (expected.has("toolCalls")) {
        toolCalls();
      }
      if (expected.has("usage")) {
        usage(expected.get("usage"));
      }
    }

    private void same(String fact, Object want, Object have) {
      if (want == null ? have != null : !want.equals(have)) {
        differences.add(name + " " + fact + ": expected " + want + " but was " + have);
      }
    }

    private String text(String field) {
      return expected.hasNonNull(field) ? expected.get(field).asText() : null;
    }

    private List<String> texts(String field) {
      List<String> texts = new ArrayList<>();
      expected.get(field).forEach(text -> texts.add(text.asText()));
      return texts;
    }

    private void toolCalls() throws IOException {
      List<Object> want = new ArrayList<>();
      for (JsonNode call : expected.get("toolCalls")) {
        want.add(call.get("name").asText());
        want.add(MAPPER.readTree(call.get("arguments").asText()));
      }
      List<Object> have = new ArrayList<>();
      for (ToolCall call : got.toolCalls()) {
        have.add(call.name());
        have.add(MAPPER.readTree(call.arguments()));
      }
      same("toolCalls", want, have);
    }

    private void usage(JsonNode want) {
      boolean apart = got.protocol().equals("anthropic-messages");
      boolean thoughtsApart = got.protocol().equals("gemini");
      long input = 0;
      long output = 0;
      for (Map.Entry<String, Long> bucket : got.usage().entrySet()) {
        String key = bucket.getKey();
        if (key.equals("input") || (!apart && key.contains("input"))) {
          input += bucket.getValue();
        } else if (key.startsWith("output") && !(thoughtsApart && key.contains("reasoning"))) {
          output += bucket.getValue();
        }
      }
      same("usage.input", want.path("input").asLong(0), input);
      same("usage.output", want.path("output").asLong(0), output);
      if (want.hasNonNull("total")) {
        same("usage.total", want.get("total").asLong(), got.usage().get("total"));
      }
      same("usage.cacheRead", want.path("cacheRead").asLong(0), cache("cache_read_input_tokens"));
      same(
          "usage.cacheWrite",
          want.path("cacheWrite").asLong(0),
          cache("cache_creation_input_tokens"));
    }

    private long cache(String bucket) {
      return got.usage().getOrDefault(bucket, 0L);
    }
  }
}
