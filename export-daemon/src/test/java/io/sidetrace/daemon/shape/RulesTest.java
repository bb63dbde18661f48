package io.sidetrace.daemon.shape;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
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

    Observation masked = new MaskRule(Pattern.compile("\\w+@[\\w.]+")).apply(shape(event));

    assertThat(masked.toString()).doesNotContain("example.org").contains("mail [masked]");
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

    String input = new CutRule(10_000).apply(shape(event)).content().input();

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
    assertThat(shorter).matches("(😀)+… \\[cut by sidetrace: \\d+ of 2000 characters]");
    assertThat(cut.cut("short")).isEqualTo("short");
  }

  @Test
  void cut_takesTheEndOff_whenShorterStringsDoNotHelp() {
    String numbers = "[" + "1,".repeat(5000) + "1]";

    assertThat(new TextCut(1024).cut(numbers)).hasSizeLessThan(1024).contains("[cut by sidetrace");
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
