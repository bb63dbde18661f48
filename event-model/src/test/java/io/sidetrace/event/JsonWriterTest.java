package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writer writes, another library reads as it was. */
class JsonWriterTest {
  private static final JsonFactory JACKSON = new JsonFactory();

  @Test
  void nestedFieldsAreCompact() {
    String json =
        json(
            to -> {
              to.beginArray("list");
              to.text("x");
              to.number(-1);
              to.beginArray();
              to.endArray();
              to.endArray();
              to.beginObject("object");
              to.endObject();
              to.text("absent", null);
              to.flag("no", false);
              to.flag("yes", true);
              to.raw("json", "{\"a\": [\"é\"]}");
              to.raw("none", null);
            });

    assertThat(json)
        .isEqualTo("{\"list\":[\"x\",-1,[]],\"object\":{},\"yes\":true,\"json\":{\"a\": [\"é\"]}}");
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0,
        9,
        10,
        -10,
        2147483647,
        2147483648L,
        1234567890123L,
        Long.MAX_VALUE,
        Long.MIN_VALUE
      })
  void aNumberHasAllItsDigits(long value) {
    assertThat(json(to -> to.number("n", value))).isEqualTo("{\"n\":" + value + "}");
  }

  @Test
  void everyCharIsReadAsItWas() throws Exception {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      if (!Character.isSurrogate((char) c)) {
        all.append((char) c);
      }
    }

    assertReadAs(all.toString());
  }

  @Test
  void whatMayNotStandInATextIsEscaped() {
    assertThat(json(to -> to.text("t", "\"\\\b\f\n\r\t\u0000\u001f\u007f/")))
        .isEqualTo("{\"t\":\"\\\"\\\\\\b\\f\\n\\r\\t\\u0000\\u001F\u007f/\"}");
  }

  @Test
  void halfACharacterIsEscaped() throws Exception {
    assertThat(json(to -> to.text("t", "a\ud83d"))).isEqualTo("{\"t\":\"a\\uD83D\"}");
    assertReadAs("\ude00\ud83d");
    assertReadAs("\ud83dx\ude00");
  }

  /** Characters of two chars lie across each place where one could be cut. */
  @Test
  void longTextsOfAllKindsAreReadAsTheyWere() throws Exception {
    Random random = new Random(42);
    int[] kinds = {0x20, 0x80, 0x100, 0x800, 0x1000, 0x10000, 0x10FFFF};

    for (int round = 0; round < 2_000; round++) {
      StringBuilder text = new StringBuilder();
      for (int n = random.nextInt(4_000); n > 0; n--) {
        int c = random.nextInt(kinds[random.nextInt(kinds.length)]);
        text.appendCodePoint(c >= 0xD800 && c < 0xE000 ? 'x' : c);
      }
      assertReadAs(text.toString());
    }
  }

  private static void assertReadAs(String text) throws Exception {
    String json = json(to -> to.text("t", text));
    try (JsonParser from = JACKSON.createParser(json)) {
      assertThat(from.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      assertThat(from.nextFieldName()).isEqualTo("t");
      assertThat(from.nextTextValue()).isEqualTo(text);
      assertThat(from.nextToken()).isEqualTo(JsonToken.END_OBJECT);
      assertThat(from.nextToken()).isNull();
    }
  }

  private static String json(Consumer<JsonWriter> fields) {
    FrameBuffer out = new FrameBuffer(1);
    JsonWriter to = new JsonWriter(out);
    to.beginObject();
    fields.accept(to);
    to.endObject();
    return new Slice(out.array(), 0, out.size()).toUtf8();
  }
}
