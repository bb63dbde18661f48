package io.sidetrace.daemon.shape;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.shape.mask.Detectors;
import io.sidetrace.daemon.shape.mask.TextMask;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Secrets in every place of random events, by every road an event can take: none may leave. */
class NoSecretLeavesTest {
  private static final Shaper SHAPER = new Shaper(new Shaper.Defaults(null, null));
  private static final List<Event.Kind> KINDS = List.of(Event.Kind.values());
  private static final String[] BEFORE = {"", " ", "\n", "=", ": ", "(", "\"", ",", "/", "'", "\t"};
  private static final String[] AFTER = {"", " ", "\n", ",", ")", "\"", ";", "'", "}", "]"};

  private final Random random = new Random(20261122);
  private final TextMask mask =
      new TextMask(
          Detectors.NAMES.stream().map(Detectors::of).toList(), List.of(), List.of(), List.of());
  private final Rules rules =
      new Rules(List.of(), List.of(new MaskRule(mask, new RuleCounts()), new CutRule(4096)));

  /** What must not be found any more, and the text that holds it. */
  private record Seed(String secret, String text) {}

  @Test
  void secrets_doNotLeave_whereverTheyStand() {
    for (int i = 0; i < 2000; i++) {
      Seed seed = seed();
      Event.Kind kind = KINDS.get(random.nextInt(KINDS.size()));

      Observation out = export(event(kind, seed), body(seed), body(seed));

      assertThat(out.toString()).as("%s in a %s", seed, kind).doesNotContain(seed.secret);
    }
  }

  @Test
  void secrets_doNotLeave_inWhatProvidersSay() {
    for (int i = 0; i < 500; i++) {
      Seed seed = seed();
      String text = RandomJson.quoted(seed.text);
      String nested = RandomJson.quoted("{\"to\": " + text + "}");
      String request =
          "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":" + text + "}]}";
      String answer =
          "{\"model\":\"gpt-4o\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":"
              + text
              + ",\"tool_calls\":[{\"id\":\"c\",\"type\":\"function\",\"function\":{\"name\":\"f\","
              + "\"arguments\":"
              + nested
              + "}}]},\"finish_reason\":\"stop\"}]}";
      String failure = "{\"error\":{\"message\":" + text + ",\"type\":\"invalid_request_error\"}}";
      boolean fails = random.nextBoolean();
      Event event = call(fails ? 400 : 200);

      Observation out =
          export(event, Slice.ofUtf8(request), Slice.ofUtf8(fails ? failure : answer));

      assertThat(out.type()).isEqualTo("generation");
      assertThat(out.toString()).as("%s", seed).doesNotContain(seed.secret);
      assertThat(isJson(out.content().input())).isTrue();
      assertThat(fails || isJson(out.content().output())).isTrue();
    }
  }

  @Test
  void json_staysJson_whateverIsMaskedInIt() {
    for (int i = 0; i < 1000; i++) {
      StringBuilder json = new StringBuilder("{\"a\": ");
      RandomJson.write(json, random, 4, 60);
      json.append(", \"b\": ").append(RandomJson.quoted(seed().text)).append(", \"c\": ");
      RandomJson.write(json, random, 4, 60);
      json.append('}');

      String masked = mask.text(json.toString());

      assertThat(isJson(masked)).as("%s from %s", masked, json).isTrue();
    }
  }

  private Observation export(Event event, Slice request, Slice response) {
    return rules.change(SHAPER.shape(event, request, response), Subject.of(event));
  }

  private Event event(Event.Kind kind, Seed seed) {
    EventBuilder event = FakeAgent.event(kind, 1);
    String json = RandomJson.quoted(seed.text);
    event.name(random.nextBoolean() ? seed.text : "a name");
    event.metadata(Map.of("note", seed.text, seed.text, "as a key"));
    event.userId(seed.text).sessionId(seed.text).tags(List.of("tag", seed.text));
    event.error(new Event.Failure("E", seed.text, "E: " + seed.text + "\n\tat x"));
    event.model("m", "{\"user\": " + json + "}");
    event.http(new Event.Http("GET", "/a?b=" + seed.text, "/a", 500, null, null, null, null, null));
    if (random.nextBoolean()) {
      event.input(json).output("{\"deep\": [{\"x\": " + json + "}]}");
    }
    return event.build();
  }

  private static Event call(int status) {
    return FakeAgent.event(Event.Kind.EXCHANGE, 1)
        .http(
            new Event.Http(
                "POST",
                "https://api.openai.com/v1/chat/completions",
                null,
                status,
                "java.net.http",
                "application/json",
                "application/json",
                null,
                null))
        .build();
  }

  /** Plain, JSON, or JSON that breaks off after the secret. */
  private Slice body(Seed seed) {
    String json = "{\"x\": [1, " + RandomJson.quoted(seed.text);
    return Slice.ofUtf8(
        switch (random.nextInt(3)) {
          case 0 -> seed.text;
          case 1 -> json + "]}";
          default -> json.substring(0, json.length() - 1);
        });
  }

  private Seed seed() {
    List<Supplier<String>> kinds =
        List.of(
            () -> "sk-" + token(40) + "7",
            () -> "AKIA" + upper(16),
            () -> "ghp_" + token(36).replace('-', 'x').replace('_', 'y'),
            () -> "xoxb-" + digits(11) + "-" + token(12),
            () -> "AIza" + token(35),
            () -> "eyJ" + token(20) + ".eyJ" + token(30) + "." + token(43),
            () -> "user" + digits(4) + "@mail" + digits(2) + ".example.org",
            () -> "+49 1" + digits(2) + " " + digits(7),
            () -> "(555) " + digits(3) + "-" + digits(4),
            this::card,
            this::iban);
    String secret = kinds.get(random.nextInt(kinds.size())).get();
    String before = "text" + BEFORE[1 + random.nextInt(BEFORE.length - 1)];
    return new Seed(
        secret,
        (random.nextBoolean() ? before : "") + secret + AFTER[random.nextInt(AFTER.length)]);
  }

  private String card() {
    String card = "4" + digits(14);
    for (int check = 0; check < 10; check++) {
      int[] digits = (card + check).chars().map(c -> c - '0').toArray();
      int sum = 0;
      for (int i = 0; i < 16; i++) {
        int twice = i % 2 == 0 ? 2 * digits[i] : digits[i];
        sum += twice > 9 ? twice - 9 : twice;
      }
      if (sum % 10 == 0) {
        String whole = card + check;
        return random.nextBoolean() ? whole : whole.replaceAll("(\\d{4})(?=\\d)", "$1 ");
      }
    }
    throw new AssertionError("some check digit is right");
  }

  private String iban() {
    String account = digits(18);
    int remainder = 0;
    for (char c : (account + "131400").toCharArray()) { // D is 13, E is 14
      remainder = (remainder * 10 + (c - '0')) % 97;
    }
    String whole = "DE%02d%s".formatted(98 - remainder, account);
    return random.nextBoolean() ? whole : whole.replaceAll("(.{4})(?=.)", "$1 ");
  }

  private String token(int length) {
    return of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-", length);
  }

  private String upper(int length) {
    return of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", length);
  }

  private String digits(int length) {
    return of("0123456789", length);
  }

  private String of(String alphabet, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = JsonText.parser(text)) {
      boolean any = false;
      while (parser.nextToken() != null) {
        any = true;
      }
      return any;
    } catch (IOException e) {
      return false;
    }
  }
}
