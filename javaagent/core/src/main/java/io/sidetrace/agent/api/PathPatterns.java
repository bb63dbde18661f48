package io.sidetrace.agent.api;

import io.sidetrace.event.Glob;
import java.util.List;

/** Patterns of which one is enough. */
final class PathPatterns {
  private final Glob[] patterns;

  PathPatterns(List<String> patterns) {
    this.patterns = new Glob[patterns.size()];
    for (int i = 0; i < this.patterns.length; i++) { // before main, where a first lambda is dear
      this.patterns[i] = new Glob(patterns.get(i));
    }
  }

  /**
   * @param end where the part of {@code text} to match ends, exclusive
   */
  boolean match(String text, int start, int end) {
    for (Glob pattern : patterns) {
      if (pattern.matches(text, start, end)) {
        return true;
      }
    }
    return false;
  }
}
