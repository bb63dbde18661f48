package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesModelTest {
  private static final int MAX_BYTES = 1 << 20;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 6, 7, 16_000, 16_380, 16_384, 100_000, 900_000})
  void theModel_isFoundWhereverItStands(int before) {
    for (int after : new int[] {0, 1, 7, 20_000, 60_000}) {
      Body body = body("x".repeat(before) + "\"model\"" + "x".repeat(after));

      assertThat(NamesModel.in(body)).as("%d bytes before, %d after", before, after).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\"",
        "\"model",
        "model",
        "{\"models\":1}",
        "{\"a model\":1}",
        "{\"mode\":1,\"l\":2}",
        "\"mod\"model"
      })
  void whatOnlyLooksLikeIt_isNotTaken(String text) {
    assertThat(NamesModel.in(body(text))).isFalse();
    assertThat(NamesModel.in(body(text + " ".repeat(40_000) + text))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"model\"", "\"mo\"model\"", "\"model\"model\"", "ll\"model\"ll"})
  void aFalseStart_hidesNothing(String text) {
    assertThat(NamesModel.in(body(text))).isTrue();
  }

  @Test
  void aBodyThatWasNotKeptWhole_countsAsNamingOne() {
    Body body = new Body(4);
    body.add("{\"a\":1}".getBytes(StandardCharsets.UTF_8), 0, 7);

    assertThat(NamesModel.in(body)).isTrue();
  }

  @Test
  void aCompressedBody_countsAsNamingOne() {
    Body body = new Body(MAX_BYTES);
    body.add(new byte[] {0x1f, (byte) 0x8b, 8, 0}, 0, 4);

    assertThat(NamesModel.in(body)).isTrue();
  }

  private static Body body(String text) {
    Body body = new Body(MAX_BYTES);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    body.add(bytes, 0, bytes.length);
    return body;
  }
}
