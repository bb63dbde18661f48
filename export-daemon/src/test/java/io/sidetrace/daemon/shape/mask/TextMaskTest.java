package io.sidetrace.daemon.shape.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TextMaskTest {
  @Test
  void json_staysAsItWasWritten_butForWhatIsMasked() {
    String text = "{ \"to\" : \"ada@example.org\",\n \"n\":1.50, \"ok\":true, \"list\":[1,\"x\"] }";

    assertThat(all().text(text)).isEqualTo(text.replace("ada@example.org", "[email]"));
    assertThat(all().text("{\"a\": 1.0}")).isEqualTo("{\"a\": 1.0}");
  }

  @Test
  void json_isMaskedInNamesNumbersAndEscapes() {
    assertThat(all().text("{\"ada@example.org\":{\"card\":4111111111111111}}"))
        .isEqualTo("{\"[email]\":{\"card\":\"[card]\"}}");
    assertThat(all().text("[\"ada\\u0040example.org\"]")).isEqualTo("[\"[email]\"]");
  }

  @Test
  void json_isMaskedWithinStrings_andStaysJsonThere() {
    String call = "{\"arguments\":\"{\\\"card\\\":4111111111111111,\\\"q\\\":\\\"\\\\u0061\\\"}\"}";

    assertThat(all().text(call))
        .isEqualTo("{\"arguments\":\"{\\\"card\\\":\\\"[card]\\\",\\\"q\\\":\\\"\\\\u0061\\\"}\"}");
  }

  @Test
  void json_thatBreaksOff_isMaskedToItsEnd() {
    assertThat(all().text("{\"a\":\"x\",\"b\":\"mail ada@example.org, ca"))
        .isEqualTo("{\"a\":\"x\",\"b\":\"mail [email], ca");
    assertThat(all().text("[info] ada@example.org")).isEqualTo("[info] [email]");
  }

  @Test
  void deny_hidesValuesOfAnyKind_alsoWithinStrings() {
    TextMask mask = mask(List.of(), List.of("$..password", "$.messages[*].content", "$.a[1]"));

    assertThat(mask.content("{\"password\":{\"x\":[1]},\"user\":\"u\",\"a\":[1,2,3]}"))
        .isEqualTo("{\"password\":\"[masked]\",\"user\":\"u\",\"a\":[1,\"[masked]\",3]}");
    assertThat(mask.content("{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"))
        .isEqualTo("{\"messages\":[{\"role\":\"user\",\"content\":\"[masked]\"}]}");
    assertThat(mask.content("{\"arguments\":\"{\\\"password\\\":\\\"p\\\",\\\"n\\\":1}\"}"))
        .isEqualTo("{\"arguments\":\"{\\\"password\\\":\\\"[masked]\\\",\\\"n\\\":1}\"}");
    assertThat(mask.content("{\"user\":\"u\",\"password\":\"hal")).doesNotContain("hal");
    assertThat(mask.content("{\"password\":12}")).isEqualTo("{\"password\":\"[masked]\"}");
  }

  @Test
  void allow_letsNothingElsePass_andStillMasks() {
    TextMask mask = mask(List.of("$.model", "$.messages[*].role", "$.note"), List.of());

    assertThat(
            mask.content(
                "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"n\":1}],"
                    + "\"note\":\"ada@example.org\"}"))
        .isEqualTo(
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"[masked]\","
                + "\"n\":\"[masked]\"}],\"note\":\"[email]\"}");
    assertThat(mask.content("free text")).isEqualTo("[masked]");
    assertThat(mask.text("free text")).isEqualTo("free text");
  }

  @Test
  void deny_winsOverAllow() {
    TextMask mask = mask(List.of("$.a"), List.of("$..secret"));

    assertThat(mask.content("{\"a\":{\"secret\":1,\"open\":2},\"b\":3}"))
        .isEqualTo("{\"a\":{\"secret\":\"[masked]\",\"open\":2},\"b\":\"[masked]\"}");
  }

  @Test
  void patterns_seeEachStringByItself() {
    TextMask mask =
        new TextMask(
            List.of(), List.of(OwnPattern.of("^KD-\\d{6}$", "[customer]")), List.of(), List.of());

    assertThat(mask.text("{\"id\":\"KD-123456\",\"text\":\"a KD-123456\"}"))
        .isEqualTo("{\"id\":\"[customer]\",\"text\":\"a KD-123456\"}");
    assertThat(mask.text("KD-123456")).isEqualTo("[customer]");
  }

  @Test
  void patterns_runInLinearTime() {
    TextMask mask =
        new TextMask(List.of(), List.of(OwnPattern.of("(a+)+b", "x")), List.of(), List.of());

    // A backtracking matcher would not come back from this.
    assertThat(mask.text("a".repeat(5_000))).hasSize(5_000);
  }

  @Test
  void paths_andPatterns_sayWhatIsWrong() {
    assertThatThrownBy(() -> new JsonPath("messages.x"))
        .hasMessage("'messages.x' is no JSON path, at character 0: a path begins with $");
    assertThatThrownBy(() -> new JsonPath("$.a[?(@.b)]")).hasMessageContaining("only a number");
    assertThatThrownBy(() -> OwnPattern.of("(?<=a)b", "x")).hasMessageContaining("RE2");
  }

  private static TextMask all() {
    return mask(List.of(), List.of());
  }

  private static TextMask mask(List<String> allow, List<String> deny) {
    return new TextMask(
        Detectors.NAMES.stream().map(Detectors::of).toList(),
        List.of(),
        paths(allow.stream()),
        paths(deny.stream()));
  }

  private static List<JsonPath> paths(Stream<String> paths) {
    return paths.map(JsonPath::new).toList();
  }
}
