package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PathPatternsTest {

  @Test
  void onlyTheGivenPart_isLookedAt() {
    PathPatterns patterns = new PathPatterns(List.of("/x", "/health"));

    assertThat(patterns.match("GET /health?deep=1", 4, 11)).isTrue();
    assertThat(patterns.match("GET /health?deep=1", 4, 18)).isFalse();
  }
}
