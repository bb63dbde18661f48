package io.sidetrace.llm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The module's own samples decode to what their {@code expect.json} says: each of its keys is one
 * of the decoded generation, null where that must be absent; of metadata, what it names.
 */
class ConformanceTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @TestFactory
  Stream<DynamicTest> decode_readsEverySampleAsExpected() {
    return Folders.own().stream()
        .map(folder -> DynamicTest.dynamicTest(Folders.name(folder), () -> check(folder)));
  }

  @Test
  void samples_coverEveryProtocol() {
    assertThat(Folders.own())
        .hasSizeGreaterThan(90)
        .extracting(folder -> folder.getParent().getFileName().toString())
        .contains(
            "openai-chat",
            "azure-openai-chat",
            "openai-completions",
            "openai-responses",
            "openai-embeddings",
            "anthropic-messages",
            "gemini",
            "bedrock-converse",
            "bedrock-invoke",
            "cohere",
            "ollama",
            "unknown");
  }

  private static void check(Path folder) throws Exception {
    JsonNode expected = MAPPER.readTree(Files.readAllBytes(folder.resolve("expect.json")));
    Generation generation = Protocols.decode(Samples.read(folder));
    JsonNode decoded = MAPPER.readTree(GenerationJson.write(generation));

    assertThat(generation.metadata()).doesNotContainKey("decodeError");
    for (Map.Entry<String, JsonNode> field : expected.properties()) {
      JsonNode got = decoded.get(field.getKey());
      if (field.getKey().equals("metadata")) {
        assertThat(got.properties()).as("metadata").containsAll(field.getValue().properties());
      } else if (field.getValue().isNull()) {
        assertThat(got).as(field.getKey()).isNull();
      } else {
        assertThat(got).as(field.getKey()).isEqualTo(field.getValue());
      }
    }
  }

  @Test
  void write_isOneLineWithTheSampleFirst() {
    for (Path folder : Folders.own()) {
      String line = GenerationJson.write(Protocols.decode(Folders.read(folder)), "a/b");

      assertThat(line).startsWith("{\"sample\":\"a/b\",\"protocol\":").doesNotContain("\n");
    }
  }

  @Test
  void decode_keepsWholeEmbeddingsWhenAsked() {
    Exchange exchange =
        Folders.own().stream()
            .filter(folder -> folder.endsWith("openai-embeddings/floats"))
            .map(Folders::read)
            .findFirst()
            .orElseThrow();

    Generation whole = Protocols.decode(exchange, new DecodeOptions(true, 1 << 20));

    assertThat(whole.output()).contains("[0.1,-0.002,3]");
    assertThat(List.of(whole.type())).containsExactly("embedding");
  }
}
