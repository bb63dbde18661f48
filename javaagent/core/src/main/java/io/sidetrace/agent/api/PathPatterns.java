package io.sidetrace.agent.api;

import io.sidetrace.event.Glob;
import java.util.List;

/**
 * Patterns of which one is enough, each as {@link Glob} has it. All lie in one text, that is in a
 * few cache lines instead of three for each: between two requests others have the caches.
 *
 * <p>What stands before a pattern's first star and behind its last one is compared at once, where
 * {@link Glob} asks for each character: that is several calls as long as nothing is compiled well.
 */
final class PathPatterns {
  private final String patterns;

  /** Of each pattern where it ends, and how long its head and its tail are. */
  private final int[] parts;

  PathPatterns(List<String> patterns) {
    StringBuilder joined = new StringBuilder();
    this.parts = new int[3 * patterns.size()];
    int part = 0;
    for (String pattern : patterns) {
      int star = pattern.indexOf('*');
      parts[part++] = joined.append(pattern).length();
      parts[part++] = star < 0 ? pattern.length() : star;
      parts[part++] = star < 0 ? 0 : pattern.length() - 1 - pattern.lastIndexOf('*');
    }
    this.patterns = joined.toString();
  }

  /**
   * @param end where the part of {@code text} to match ends, exclusive
   */
  boolean match(String text, int start, int end) {
    int from = 0;
    for (int part = 0; part < parts.length; part += 3) {
      int to = parts[part];
      int head = parts[part + 1];
      int tail = parts[part + 2];
      int between = end - start - head - tail;
      boolean fits = to - from == head ? between == 0 : between >= 0;
      if (fits
          && text.regionMatches(start, patterns, from, head)
          && text.regionMatches(end - tail, patterns, to - tail, tail)
          && between(text, start + head, end - tail, from + head, to - tail)) {
        return true;
      }
      from = to;
    }
    return false;
  }

  /** Whether the rest of a pattern matches the rest of the text: nothing or a single star does. */
  private boolean between(String text, int start, int end, int from, int to) {
    return to - from <= 1 || Glob.matches(patterns, from, to, text, start, end);
  }
}
