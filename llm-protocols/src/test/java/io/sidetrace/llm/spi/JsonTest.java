package io.sidetrace.llm.spi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sidetrace.llm.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  @Test
  void cursor_readsWhatJacksonReads_inEverySample() throws Exception {
    int read = 0;
    for (Path folder : Samples.find(Path.of(JsonTest.class.getResource("/samples").toURI()))) {
      for (String file : new String[] {"request.body", "response.body"}) {
        byte[] body = Files.readAllBytes(folder.resolve(file));
        if (body.length > 0 && body[0] == '{' && !new String(body, UTF_8).contains("}\n{")) {
          assertThat(tree(body)).as(folder.toString()).isEqualTo(texts(MAPPER.readTree(body)));
          read++;
        }
      }
    }
    assertThat(read).isGreaterThan(100);
  }

  @Test
  void cursor_readsWhatJacksonWrote_ofRandomTrees() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      JsonNode node = random(random, 0);
      byte[] plain = MAPPER.writeValueAsBytes(node);
      byte[] pretty = MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(node);

      assertThat(tree(plain)).isEqualTo(texts(node));
      assertThat(tree(pretty)).isEqualTo(texts(node));
    }
  }

  @Test
  void cursor_skipsWhatItDoesNotRead_ofRandomTrees() throws IOException {
    Random random = new Random(8);
    for (int i = 0; i < 2000; i++) {
      String inner = MAPPER.writeValueAsString(random(random, 0));
      Json json = Json.of("{\"skipped\":" + inner + " , \"raw\" :" + inner + ",\"last\":\"x\"}");
      String raw = null;
      String last = null;

      assertThat(json.nextRoot()).isTrue();
      assertThat(json.object()).isTrue();
      for (String name; (name = json.field()) != null; ) {
        switch (name) {
          case "raw" -> raw = json.raw();
          case "last" -> last = json.text();
          default -> {}
        }
      }

      assertThat(raw).isEqualTo(inner);
      assertThat(last).isEqualTo("x");
      assertThat(json.nextRoot()).isFalse();
    }
  }

  @Test
  void cursor_refusesWhatBreaksOff() {
    String whole = "{\"a\":[1,{\"b\":\"x\\n\"}],\"c\":null}";
    for (int cut = 1; cut < whole.length(); cut++) {
      String part = whole.substring(0, cut);

      assertThatThrownBy(() -> tree(part.getBytes(UTF_8)))
          .as(part)
          .isInstanceOf(MalformedJson.class);
    }
  }

  @Test
  void number_readsStringsAndFractionsAndGivesUpOnTheRest() throws IOException {
    Json json = Json.of("[12,\"13\",14.9,1e999,\"x\",null,{},-5,99999999999999999999]");
    long[] expected = {12, 13, 14, -1, -1, -1, -1, -5, -1};

    json.nextRoot();
    json.array();
    for (long number : expected) {
      assertThat(json.element()).isTrue();
      assertThat(json.number(-1)).isEqualTo(number);
    }
    assertThat(json.element()).isFalse();
  }

  @Test
  void quotes_areFoundAtAnyPlaceOfAnyLength() {
    for (int length = 0; length < 300; length++) {
      byte[] text = "x".repeat(length).getBytes(UTF_8);
      assertThat(Quotes.find(text, 0, length)).isEqualTo(length);
      for (int at = 0; at < length; at++) {
        text[at] = (byte) (at % 2 == 0 ? '"' : '\\');
        assertThat(Quotes.find(text, 0, length)).isEqualTo(at);
        assertThat(Quotes.find(text, at / 2, length)).isEqualTo(at);
        assertThat(Quotes.find(text, at + 1, length)).isEqualTo(length);
        text[at] = 'x';
      }
    }
  }

  /** The document, numbers as doubles and other scalars as texts. */
  private static JsonNode tree(byte[] body) throws IOException {
    Json json = Json.of(body, 0, body.length);
    assertThat(json.nextRoot()).isTrue();
    JsonNode tree = tree(json);
    assertThat(json.nextRoot()).isFalse();
    return tree;
  }

  private static JsonNode tree(Json json) throws IOException {
    if (json.isObject()) {
      ObjectNode object = NODES.objectNode();
      json.object();
      for (String name; (name = json.field()) != null; ) {
        object.set(name, tree(json));
      }
      return object;
    }
    if (json.isArray()) {
      ArrayNode array = NODES.arrayNode();
      json.array();
      while (json.element()) {
        array.add(tree(json));
      }
      return array;
    }
    if (json.isNumber()) {
      return NODES.numberNode(json.decimal(Double.NaN));
    }
    String text = json.text();
    return text == null ? NODES.nullNode() : NODES.textNode(text);
  }

  private static JsonNode texts(JsonNode node) {
    if (node.isObject()) {
      ObjectNode object = NODES.objectNode();
      node.properties().forEach(field -> object.set(field.getKey(), texts(field.getValue())));
      return object;
    }
    if (node.isArray()) {
      ArrayNode array = NODES.arrayNode();
      node.forEach(element -> array.add(texts(element)));
      return array;
    }
    if (node.isNumber()) {
      return NODES.numberNode(node.asDouble());
    }
    return node.isNull() ? node : NODES.textNode(node.asText());
  }

  private static JsonNode random(Random random, int depth) {
    return switch (random.nextInt(depth > 4 ? 4 : 7)) {
      case 0 -> NODES.numberNode(random.nextInt());
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.nullNode();
      case 3 -> NODES.textNode(text(random));
      case 4, 5 -> {
        ObjectNode object = NODES.objectNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          object.set(text(random), random(random, depth + 1));
        }
        yield object;
      }
      default -> {
        ArrayNode array = NODES.arrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
          array.add(random(random, depth + 1));
        }
        yield array;
      }
    };
  }

  private static String text(Random random) {
    String[] pieces = {
      "a", "\"", "\\", "\n", "\u0001", "ü", "漢", "😀", "/", " ", "{", "]", ":", ","
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(30); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }
}
