package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathPatternsTest {

  @ParameterizedTest
  @CsvSource({
    "/health,   /health",
    "/health/*, /health/",
    "/health/*, /health/db/1",
    "*.css,     /a/b.css",
    "*.css,     .css",
    "/a*z,      /az",
    "/a*b*c,    /abbabc",
    "*,         /",
    "**,        /x",
    "/a*,       /a"
  })
  void aPattern_matchesTheWholeText(String pattern, String text) {
    assertThat(matches(pattern, text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/health,   /healthy",
    "/health,   /x/health",
    "/health,   /Health",
    "/health/*, /health",
    "*.css,     /a.css.map",
    "/a*z,      /azy",
    "/a*b*c,    /acb",
    "/a?,       /ab"
  })
  void aPattern_doesNotMatchLess(String pattern, String text) {
    assertThat(matches(pattern, text)).isFalse();
  }

  @Test
  void onlyTheGivenPart_isLookedAt() {
    PathPatterns patterns = new PathPatterns(List.of("/x", "/health"));

    assertThat(patterns.match("GET /health?deep=1", 4, 11)).isTrue();
    assertThat(patterns.match("GET /health?deep=1", 4, 18)).isFalse();
  }

  @Test
  void manyStars_takeNoLongTime() {
    String text = "a".repeat(4000);

    boolean matched =
        assertTimeoutPreemptively(
            Duration.ofSeconds(5), () -> matches("*a".repeat(20) + "b", text));

    assertThat(matched).isFalse();
  }

  private static boolean matches(String pattern, String text) {
    return new PathPatterns(List.of(pattern)).match(text, 0, text.length());
  }
}
