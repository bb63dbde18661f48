package io.sidetrace.llm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** No bytes make a decoder throw, hang or grow without limit. */
class HostileInputTest {
  private static final String CHAT = "https://api.openai.com/v1/chat/completions";
  private static final List<String> VALUES =
      List.of(
          "null",
          "[]",
          "{}",
          "\"\"",
          "1e999",
          "-1",
          "true",
          "[null]",
          "[[[1]]]",
          "\"\\ud800\"",
          "\"4\\-\"");

  private static Generation decode(String url, String request, byte[] response) {
    return Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20),
        () ->
            Protocols.decode(
                Exchange.to(url)
                    .request(request.getBytes(UTF_8), "application/json", null)
                    .response(response, "application/json", null)
                    .build()));
  }

  @Test
  void decode_survivesAnyValueInPlaceOfAnyOther() {
    int changed = 0;
    for (Path folder : Folders.own()) {
      Exchange exchange = Folders.read(folder);
      String request = new String(exchange.request(), UTF_8);
      String response = new String(exchange.response(), UTF_8);
      if (exchange.responseEncoding() != null || response.indexOf('\0') >= 0) {
        continue;
      }
      Random random = new Random(folder.getFileName().hashCode());
      for (int i = 0; i < 60; i++) {
        String value = VALUES.get(random.nextInt(VALUES.size()));
        Exchange mutant =
            Folders.like(
                    exchange,
                    replaced(request, value, random).getBytes(UTF_8),
                    replaced(response, value, random).getBytes(UTF_8))
                .build();

        Generation generation = Protocols.decode(mutant);

        assertThat(generation.metadata()).as(Folders.name(folder)).doesNotContainKey("decodeError");
        assertThat(GenerationJson.write(generation)).startsWith("{");
        changed++;
      }
    }
    assertThat(changed).isGreaterThan(1000);
  }

  /** Replaces what follows a colon by another value. */
  private static String replaced(String json, String value, Random random) {
    int[] colons =
        java.util.stream.IntStream.range(0, json.length())
            .filter(i -> json.charAt(i) == ':' && i > 0 && json.charAt(i - 1) == '"')
            .toArray();
    if (colons.length == 0) {
      return json;
    }
    int from = colons[random.nextInt(colons.length)] + 1;
    int to = from;
    int depth = 0;
    boolean text = false;
    for (; to < json.length(); to++) {
      char c = json.charAt(to);
      if (text) {
        to += c == '\\' ? 1 : 0;
        text = c != '"';
      } else if (c == '"') {
        text = true;
      } else if (c == '{' || c == '[') {
        depth++;
      } else if ((c == '}' || c == ']') && depth-- == 0) {
        break;
      } else if (c == ',' && depth == 0) {
        break;
      }
    }
    return json.substring(0, from) + value + json.substring(Math.min(to, json.length()));
  }

  @Test
  void decode_survivesFlippedBytes() {
    for (Path folder : Folders.own()) {
      Exchange exchange = Folders.read(folder);
      Random random = new Random(folder.getFileName().hashCode());
      for (int i = 0; i < 60; i++) {
        byte[] request = flipped(exchange.request(), random);
        byte[] response = flipped(exchange.response(), random);

        Generation generation = Protocols.decode(Folders.like(exchange, request, response).build());

        assertThat(generation.metadata()).as(Folders.name(folder)).doesNotContainKey("decodeError");
      }
    }
  }

  private static byte[] flipped(byte[] body, Random random) {
    byte[] copy = body.clone();
    for (int i = 0; i < 3 && copy.length > 0; i++) {
      copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
    }
    return copy;
  }

  @Test
  void decode_survivesDeepNesting() {
    byte[] deep = ("{\"choices\":" + "[".repeat(1_000_000)).getBytes(UTF_8);
    String request = "{\"messages\":" + "{\"a\":".repeat(500_000);

    Generation generation = decode(CHAT, request, deep);

    assertThat(generation.complete()).isFalse();
    assertThat(generation.metadata()).doesNotContainKey("decodeError");
  }

  @Test
  void decode_leavesOutAnItemThatIsNoJson() {
    String item = "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[{\"text\" 1}]}";
    String events =
        "data: {\"type\":\"response.output_item.done\",\"output_index\":0,\"item\":"
            + item
            + "}\n\ndata: {\"type\":\"response.output_item.done\",\"output_index\":1,\"item\":"
            + item.replace("\"text\" 1", "\"text\":\"Hi\"")
            + "}\n\n";

    Generation generation =
        decode("https://api.openai.com/v1/responses", "{}", events.getBytes(UTF_8));

    assertThat(generation.metadata()).doesNotContainKey("decodeError");
    assertThat(generation.choices()).containsExactly("Hi");
  }

  @Test
  void decode_boundsDecompression() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
      byte[] zeros = new byte[1 << 20];
      Arrays.fill(zeros, (byte) ' ');
      for (int i = 0; i < 256; i++) {
        gzip.write(zeros);
      }
    }

    Generation generation =
        Protocols.decode(
            Exchange.to(CHAT).response(bomb.toByteArray(), "application/json", "gzip").build(),
            new DecodeOptions(false, 4 << 20));

    assertThat(generation.metadata()).containsEntry("responseTruncated", "true");
    assertThat(generation.complete()).isFalse();
  }

  @Test
  void decode_survivesHugeAndNegativeIndexes() {
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      events
          .append("data: {\"choices\":[{\"index\":")
          .append(i % 2 == 0 ? -i : Integer.MAX_VALUE - i);
      events.append(",\"delta\":{\"tool_calls\":[{\"index\":").append(i * 99_999L);
      events.append(",\"function\":{\"arguments\":\"x\"}}]}}]}\n\n");
    }

    Generation generation = decode(CHAT, "{}", events.toString().getBytes(UTF_8));

    assertThat(generation.metadata()).doesNotContainKey("decodeError");
    assertThat(generation.choices()).hasSizeGreaterThan(100);
  }

  @Test
  void decode_readsManySmallEventsInLinearTime() {
    byte[] body =
        "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n".repeat(100_000).getBytes(UTF_8);

    Generation generation = decode(CHAT, "{}", body);

    assertThat(generation.choices().get(0)).hasSize(100_000);
  }

  @Test
  void decode_givesRawBodiesForAnythingElse() {
    Generation generation = decode("no url at all", "not json", "neither".getBytes(UTF_8));

    assertThat(generation.protocol()).isEqualTo("unknown");
    assertThat(generation.input()).isEqualTo("not json");
    assertThat(generation.output()).isEqualTo("neither");
  }
}
