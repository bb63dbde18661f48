package io.sidetrace.agent.api;

import io.sidetrace.event.Glob;
import java.util.List;

/**
 * Patterns of which one is enough, each as {@link Glob} has it. All lie in one text, that is in a
 * few cache lines instead of three for each: between two requests others have the caches.
 */
final class PathPatterns {
  private final String patterns;
  private final int[] ends;

  PathPatterns(List<String> patterns) {
    StringBuilder joined = new StringBuilder();
    this.ends = new int[patterns.size()];
    for (int i = 0; i < ends.length; i++) {
      ends[i] = joined.append(patterns.get(i)).length();
    }
    this.patterns = joined.toString();
  }

  /**
   * @param end where the part of {@code text} to match ends, exclusive
   */
  boolean match(String text, int start, int end) {
    int from = 0;
    for (int to : ends) {
      if (Glob.matches(patterns, from, to, text, start, end)) {
        return true;
      }
      from = to;
    }
    return false;
  }
}
