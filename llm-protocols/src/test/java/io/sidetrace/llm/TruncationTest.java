package io.sidetrace.llm;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.llm.spi.Target;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A body cut anywhere gives a beginning of what the whole gives, and never a wrong fact. */
class TruncationTest {
  private static final int CUTS = 100;

  /** All, but for one whose beginning is not what its end is, by intent. */
  private static List<Path> folders() {
    return Folders.all().stream().filter(folder -> !folder.endsWith("duplicate-keys")).toList();
  }

  @Test
  void decode_readsTheBeginningOfACutResponse() {
    for (Path folder : folders()) {
      Exchange exchange = Folders.read(folder);
      Generation whole = Protocols.decode(exchange);
      byte[] body = exchange.response();
      Random random = new Random(folder.getFileName().hashCode());
      for (int i = 0; i < CUTS && body.length > 1; i++) {
        int cut = random.nextInt(body.length);

        Generation part =
            Protocols.decode(
                Folders.like(exchange, exchange.request(), Arrays.copyOf(body, cut))
                    .truncated(false, true)
                    .build());

        assertPrefix(Folders.name(folder) + " cut at " + cut, whole, part);
        assertThat(part.complete()).isFalse();
        assertThat(part.metadata()).containsEntry("responseTruncated", "true");
        if (part.protocol().equals(whole.protocol())) { // else only its answer told it
          assertThat(part.input()).isEqualTo(whole.input());
        }
      }
    }
  }

  @Test
  void decode_readsTheBeginningOfACutRequest() {
    for (Path folder : folders()) {
      Exchange exchange = Folders.read(folder);
      Generation whole = Protocols.decode(exchange);
      byte[] body = exchange.request();
      Random random = new Random(folder.getFileName().hashCode());
      for (int i = 0; i < CUTS && body.length > 1; i++) {
        int cut = random.nextInt(body.length);

        Generation part =
            Protocols.decode(
                Folders.like(exchange, Arrays.copyOf(body, cut), exchange.response())
                    .truncated(true, false)
                    .build());

        String name = Folders.name(folder) + " request cut at " + cut;
        assertThat(part.metadata()).as(name).doesNotContainKey("decodeError");
        assertThat(part.requestModel())
            .as(name)
            .isIn(null, whole.requestModel(), deployment(exchange));
        assertThat(part.metadata()).containsEntry("requestTruncated", "true");
        assertThat(part.error()).as(name).isEqualTo(whole.error());
      }
    }
  }

  /** Where the body's model is missing, a deployment in the URL stands for it. */
  private static String deployment(Exchange exchange) {
    return Target.of(exchange.url()).segmentAfter("/deployments/");
  }

  private static void assertPrefix(String name, Generation whole, Generation part) {
    assertThat(part.metadata()).as(name).doesNotContainKey("decodeError");
    assertThat(part.model()).as(name).isIn(null, whole.model());
    assertThat(part.responseId()).as(name).isIn(null, whole.responseId());
    assertThat(part.requestModel()).as(name).isEqualTo(whole.requestModel());
    assertThat(part.choices().size()).as(name).isLessThanOrEqualTo(whole.choices().size());
    for (int i = 0; i < part.choices().size(); i++) {
      assertThat(whole.choices().get(i)).as(name).startsWith(part.choices().get(i));
    }
    assertThat(part.toolCalls().size()).as(name).isLessThanOrEqualTo(whole.toolCalls().size());
    for (int i = 0; i < part.toolCalls().size(); i++) {
      ToolCall call = part.toolCalls().get(i);
      assertThat(call.name()).as(name).isIn("", whole.toolCalls().get(i).name());
    }
    assertThat(whole.finishReasons()).as(name).containsAll(part.finishReasons());
    if (part.error() != null && whole.error() != null) {
      assertThat(part.error().message()).as(name).isNotEmpty();
    }
    assertUsage(name, whole.usage(), part.usage());
  }

  /**
   * A stream's early counts are smaller than its last, never larger; which of the tokens were
   * cached or thoughts may be told only then, so they are compared added up.
   */
  private static void assertUsage(String name, Map<String, Long> whole, Map<String, Long> part) {
    for (String side : List.of("input", "output", "total")) {
      assertThat(sum(part, side)).as(name + " " + side).isLessThanOrEqualTo(sum(whole, side));
    }
    assertThat(List.copyOf(part.values())).as(name).noneMatch(tokens -> tokens < 0);
  }

  private static long sum(Map<String, Long> usage, String side) {
    return usage.entrySet().stream()
        .filter(bucket -> bucket.getKey().contains(side))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
