package io.sidetrace.daemon.shape.mask;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectorsTest {
  private static final String T40 = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCd";

  @Test
  void apiKeys_areFoundByHowTheyBegin() {
    for (String key :
        List.of(
            "sk-" + T40,
            "sk-proj-" + T40,
            "sk-ant-api03-" + T40 + "-_x",
            "sk-lf-1a2b3c4d-1111-2222-3333-444455556666",
            "AKIAIOSFODNN7EXAMPLE",
            "ghp_" + T40.substring(0, 36),
            "github_pat_11ABCDEFG0" + T40,
            "xoxb-1234567890-abcdefghij",
            "AIza" + T40.substring(0, 35),
            "gsk_" + T40,
            "hf_" + T40.substring(0, 34))) {
      for (String around : List.of("%s", "key=%s&x=1", "(%s)", "a\\n%s", "\"%s\"", "a%%20%s;")) {
        String text = around.formatted(key);
        assertThat(masked("api-keys", text)).isEqualTo(text.replace(key, "[api-key]"));
      }
    }
  }

  @Test
  void apiKeys_leaveWordsAlone() {
    assertUnchanged(
        "api-keys",
        "risk-averse-management-of-things",
        "sk-learn",
        "the bearer of bad news",
        "a task-oriented-dialogue-system",
        "AKIA",
        "ghp_short");
  }

  @Test
  void apiKeys_findWhatStandsBehindBearer() {
    assertThat(masked("api-keys", "Authorization: Bearer abc.DEF-123~+/=="))
        .isEqualTo("Authorization: Bearer [api-key]");
    assertThat(masked("api-keys", "bearer%20abcdef1234")).isEqualTo("bearer%20[api-key]");
  }

  @Test
  void jwt_isFoundWhole() {
    String jwt =
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    assertThat(masked("jwt", "token " + jwt + ", next")).isEqualTo("token [jwt], next");
    assertThat(masked("jwt", jwt.substring(0, 40))).isEqualTo("[jwt]");
    assertUnchanged("jwt", "eyJhbGciOiJIUzI1NiJ9", "eyJ.eyJ.x", "a.b.c");
  }

  @Test
  void email_isFound_alsoEscaped() {
    assertThat(masked("email", "mail ada.lovelace+x@mail.example.org.")).isEqualTo("mail [email].");
    assertThat(masked("email", "?to=ada%40example.org&x")).isEqualTo("?to=[email]&x");
    assertThat(masked("email", "jürgen@müller.de, a@b.io")).isEqualTo("[email], [email]");
    assertUnchanged("email", "@Override", "a@b", "user@localhost", "x @ y.de", "1@2.3");
  }

  @Test
  void phone_isFoundInItsForms() {
    for (String number :
        List.of(
            "+49 170 1234567",
            "+1 (555) 123-4567",
            "+442071838750",
            "0049 30 901820",
            "(555) 123-4567",
            "555-123-4567",
            "030/901 820 33",
            "0171-1234567")) {
      assertThat(masked("phone", "call " + number + ", now")).isEqualTo("call [phone], now");
    }
  }

  @Test
  void phone_leavesDatesVersionsAndIdsAlone() {
    assertUnchanged(
        "phone",
        "2024-11-22 10:15:30",
        "1700000000000",
        "127.0.0.1",
        "1.2.3.4",
        "a1b2c3d4-0123-4567-8901-abcdefabcdef",
        "0.123456789",
        "1 + 2345678",
        "100 200 300");
  }

  @Test
  void card_isFound_whenItsCheckDigitIsRight() {
    for (String card :
        List.of(
            "4111111111111111",
            "4111 1111 1111 1111",
            "5500-0000-0000-0004",
            "340000000000009",
            "6011000000000004")) {
      assertThat(masked("card", "order 12 " + card + " paid")).isEqualTo("order 12 [card] paid");
      assertThat(masked("card", "x=" + card)).isEqualTo("x=[card]");
    }
    assertUnchanged("card", "4111111111111112", "1700000000000000", "411111111111111111111111");
  }

  @Test
  void iban_isFound_whenItsCheckDigitsAreRight() {
    for (String iban :
        List.of(
            "DE89370400440532013000",
            "DE89 3704 0044 0532 0130 00",
            "GB29 NWBK 6016 1331 9268 19",
            "fr1420041010050500013m02606",
            "NO9386011117947")) {
      assertThat(masked("iban", "IBAN " + iban + " BIC")).isEqualTo("IBAN [iban] BIC");
    }
    assertUnchanged("iban", "DE89370400440532013001", "XX89370400440532013000", "DE89 3704");
  }

  @Test
  void all_needLinearTime_whateverTheText() {
    List<String> hard =
        List.of(
            "eyJ",
            "a@",
            "+1 ",
            "0 1",
            "4111 ",
            "sk-a",
            "DE89 ",
            "bearer ",
            "(",
            "1-",
            "eyJaaaaaaaaaa.");
    for (String name : Detectors.NAMES) {
      for (String piece : hard) {
        String text = piece.repeat(2_000_000 / piece.length());
        long before = System.nanoTime();

        Detectors.of(name).find(text, new Findings());

        // Linear is some 20 ms; were it quadratic, hours.
        assertThat(Duration.ofNanos(System.nanoTime() - before))
            .as("%s on %s", name, piece)
            .isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  private static void assertUnchanged(String detector, String... texts) {
    for (String text : texts) {
      assertThat(masked(detector, text)).isEqualTo(text);
    }
  }

  private static String masked(String detector, String text) {
    Findings findings = new Findings();
    Detectors.of(detector).find(text, findings);
    return findings.replaceIn(text);
  }
}
