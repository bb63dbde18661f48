package io.sidetrace.daemon.shape;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.shape.mask.Detector;
import io.sidetrace.daemon.shape.mask.Detectors;
import io.sidetrace.daemon.shape.mask.TextMask;
import io.sidetrace.event.Event;
import io.sidetrace.event.Glob;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RulesTest {
  private static final Shaper SHAPER = new Shaper(new Shaper.Defaults(null, null));

  @Test
  void sample_keepsItsShareOfTraces_andDecidesByTheTraceAlone() {
    Random random = new Random(1);
    List<String> traces =
        IntStream.range(0, 20_000)
            .mapToObj(i -> String.format("%016x%016x", random.nextLong() | 1, random.nextLong()))
            .toList();

    for (double rate : new double[] {0, 0.1, 0.5, 0.9, 1}) {
      SampleRule rule = new SampleRule(rate);
      long kept = traces.stream().filter(trace -> rule.keeps(in(trace))).count();
      assertThat(kept / 20_000.0).isBetween(rate - 0.02, rate + 0.02);
    }
  }

  @Test
  void sample_agreesWithOpenTelemetrysRatio() {
    // TraceIdRatioBased keeps what is below rate * 2^64 in the lower half.
    SampleRule half = new SampleRule(0.5);

    assertThat(half.keeps(in("00000000000000017fffffffffffffff"))).isTrue();
    assertThat(half.keeps(in("00000000000000018000000000000000"))).isFalse();
  }

  @Test
  void names_areMatchedAsAWhole() {
    NameFilter filter = new NameFilter(List.of("GET /health*", "exact"));

    assertThat(filter.keeps(named("GET /healthz"))).isFalse();
    assertThat(filter.keeps(named("POST GET /health"))).isTrue();
    assertThat(filter.keeps(named("exact"))).isFalse();
    assertThat(filter.keeps(named("exactly"))).isTrue();
  }

  @Test
  void mask_reachesEveryText() {
    Event event =
        FakeAgent.event(Event.Kind.SPAN, 1)
            .input("\"mail ada@example.org\"")
            .output("{\"to\":\"ada@example.org\"}")
            .metadata(Map.of("who", "ada@example.org"))
            .error(new Event.Failure("E", "no such user ada@example.org", null))
            .build();

    Observation masked = mask(Detectors.of("email")).apply(shape(event), Subject.of(event));

    assertThat(masked.toString()).doesNotContain("example.org").contains("mail [email]");
  }

  @Test
  void mask_exportsNothingOfATextItFailedOn() {
    RuleCounts counts = new RuleCounts();
    Detector broken =
        (text, to) -> {
          if (text.contains("secret")) {
            throw new IllegalStateException(text);
          }
        };
    Event event =
        FakeAgent.event(Event.Kind.SPAN, 1)
            .input("{\"a\":\"a secret\"}")
            .output("\"fine\"")
            .metadata(Map.of("note", "secret"))
            .model("m", "{\"user\":\"secret\"}")
            .build();
    MaskRule rule =
        new MaskRule(new TextMask(List.of(broken), List.of(), List.of(), List.of()), counts);

    Observation masked = rule.apply(shape(event), Subject.of(event));

    assertThat(masked.toString()).doesNotContain("secret");
    assertThat(masked.content().input()).isEqualTo("<masking failed>");
    assertThat(masked.content().output()).isEqualTo("fine");
    assertThat(masked.content().metadata()).containsEntry("note", "<masking failed>");
    assertThat(masked.model().parameters()).isEqualTo("{\"parameters\":\"<masking failed>\"}");
    assertThat(counts.maskFailures()).isEqualTo(3);
  }

  @Test
  void content_isDroppedOrMaskedByRoute_andFactsStay() {
    Event hr = served("/hr/{id}", "/hr/7?x=salary", 500);
    Event shop = served("/shop", "/shop", 200);
    ContentRule drop = new ContentRule(route("/hr/*"), ContentRule.Action.DROP);
    ContentRule mask = new ContentRule(route("/hr/7"), ContentRule.Action.MASK);

    Observation dropped = drop.apply(shape(hr), Subject.of(hr));
    Observation masked = mask.apply(shape(hr), Subject.of(hr));

    assertThat(dropped.toString()).doesNotContain("salary");
    assertThat(dropped.content().input()).isNull();
    assertThat(dropped.content().metadata()).containsEntry("http.status", "500");
    assertThat(dropped.content().metadata()).containsEntry("http.url", "/hr/7");
    assertThat(masked.toString()).doesNotContain("salary");
    assertThat(masked.content().input()).isEqualTo("[masked]");
    assertThat(drop.apply(shape(shop), Subject.of(shop)).content().input()).contains("salary");
  }

  @Test
  void content_doesNotLeave_whenTheRouteIsNotKnown() {
    Event call =
        FakeAgent.event(Event.Kind.EXCHANGE, 1)
            .ids("%032x".formatted(1), "%016x".formatted(2), "%016x".formatted(1))
            .input("\"my salary\"")
            .build();
    ContentRule drop = new ContentRule(route("/hr/*"), ContentRule.Action.DROP);

    assertThat(drop.apply(shape(call), Subject.of(call)).content().input()).isNull();
    RequestFacts shop = new RequestFacts("/shop", "/shop", 200, 1);
    assertThat(drop.apply(shape(call), new Subject(call, shop)).content().input())
        .isEqualTo("my salary");
  }

  @Test
  void cut_leavesJsonValid_andSaysWhatItDid() throws Exception {
    String image = "x".repeat(100_000);
    Event event =
        FakeAgent.event(Event.Kind.SPAN, 1)
            .input(
                "{\"messages\":[{\"role\":\"user\",\"content\":\"Look\"},{\"image\":\""
                    + image
                    + "\"}]}")
            .build();

    String input = new CutRule(10_000).apply(shape(event), Subject.of(event)).content().input();

    assertThat(input.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(10_000);
    assertThat(input)
        .contains("\"content\":\"Look\"")
        .contains("[cut by sidetrace: ")
        .endsWith("\"}]}");
  }

  @Test
  void cut_countsBytes_andKeepsCharactersWhole() {
    TextCut cut = new TextCut(1024);
    String text = "😀".repeat(1000);

    String shorter = cut.cut(text);

    assertThat(shorter.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
    assertThat(shorter).matches("(😀)+… \\[cut by sidetrace: \\d+ of 2000 characters] …(😀)+");
    assertThat(cut.cut("short")).isEqualTo("short");
  }

  @Test
  void cut_keepsHeadAndTail() {
    String log = "the beginning " + "x".repeat(5000) + " the end";

    assertThat(new TextCut(1024).cut(log))
        .startsWith("the beginning ")
        .endsWith(" the end")
        .contains("[cut by sidetrace: ");
  }

  @Test
  void cut_takesTheMiddleOfListsOut_whenShorterStringsDoNotHelp() throws Exception {
    String numbers =
        IntStream.range(0, 5000).mapToObj(Integer::toString).collect(joining(",", "[", "]"));

    String cut = new TextCut(1024).cut(numbers);

    assertThat(cut)
        .startsWith("[0,1,2,")
        .endsWith(",4999]")
        .contains("\"[cut by sidetrace: 4936 of 5000 members]\"");
    assertThat(isJson(cut)).isTrue();
  }

  @Test
  void cut_neverBreaksJson_andNeverGoesOverTheBound() {
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      StringBuilder json = new StringBuilder();
      RandomJson.write(json, random, 6, 4000);
      int max = 1024 + random.nextInt(4000);

      String cut = new TextCut(max).cut(json.toString());

      assertThat(cut.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(max);
      assertThat(isJson(cut)).as("%s", cut).isTrue();
    }
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = JsonText.parser(text)) {
      int values = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        values += parser.getParsingContext().inRoot() ? 1 : 0;
      }
      return values > 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static MaskRule mask(Detector detector) {
    TextMask mask = new TextMask(List.of(detector), List.of(), List.of(), List.of());
    return new MaskRule(mask, new RuleCounts());
  }

  private static Criteria route(String pattern) {
    return new Criteria(
        List.of(new Glob(pattern)), List.of(), List.of(), List.of(), List.of(), null, null);
  }

  private static Event served(String route, String url, int status) {
    return FakeAgent.event(Event.Kind.REQUEST, 1)
        .http(new Event.Http("POST", url, route, status, null, null, null, null, null))
        .error(new Event.Failure("E", "bad salary", "at salary"))
        .input("\"my salary\"")
        .output("\"your salary\"")
        .metadata(Map.of("told", "salary"))
        .build();
  }

  private static Observation shape(Event event) {
    return SHAPER.shape(event, Slice.EMPTY, Slice.EMPTY);
  }

  private static Event in(String trace) {
    return FakeAgent.event(Event.Kind.SPAN, 1).ids(trace, "00f067aa0ba902b7", null).build();
  }

  private static Event named(String name) {
    return FakeAgent.event(Event.Kind.SPAN, 1).name(name).build();
  }
}
