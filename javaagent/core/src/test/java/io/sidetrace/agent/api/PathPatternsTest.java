package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Glob;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PathPatternsTest {

  @Test
  void onlyTheGivenPart_isLookedAt() {
    PathPatterns patterns = new PathPatterns(List.of("/x", "/health"));

    assertThat(patterns.match("GET /health?deep=1", 4, 11)).isTrue();
    assertThat(patterns.match("GET /health?deep=1", 4, 18)).isFalse();
  }

  /** Texts and patterns of few letters, so that many match. */
  @Test
  void eachPattern_matchesWhatItsGlobMatches() {
    Random random = new Random(42);
    int matched = 0;
    for (int round = 0; round < 100_000; round++) {
      String pattern = letters(random, "ab*");
      String text = letters(random, "ab");
      boolean expected = new Glob(pattern).matches(text);

      PathPatterns patterns = new PathPatterns(List.of("never", pattern, "this"));

      assertThat(patterns.match("b" + text + "a", 1, 1 + text.length()))
          .as(pattern + " of " + text)
          .isEqualTo(expected);
      matched += expected ? 1 : 0;
    }
    assertThat(matched).isBetween(10_000, 90_000);
  }

  private static String letters(Random random, String letters) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(7); n > 0; n--) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }
}
