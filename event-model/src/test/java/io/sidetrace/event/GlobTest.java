package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {

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
  void noText_isNotMatched() {
    assertThat(new Glob("*").matches(null)).isFalse();
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
    return new Glob(pattern).matches(text);
  }
}
