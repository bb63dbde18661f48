package io.sidetrace.agent.api;

import java.util.List;

/**
 * Patterns over text in which {@code *} stands for any characters, none included. A pattern without
 * {@code *} must be the whole text.
 */
final class PathPatterns {
  private final String[] patterns;

  PathPatterns(List<String> patterns) {
    this.patterns = patterns.toArray(new String[0]);
  }

  /**
   * @param end where the part of {@code text} to match ends, exclusive
   */
  boolean match(String text, int start, int end) {
    for (String pattern : patterns) {
      if (matches(pattern, text, start, end)) {
        return true;
      }
    }
    return false;
  }

  /** Greedy with one step back to the last star: linear for the patterns people write. */
  private static boolean matches(String pattern, String text, int start, int end) {
    int p = 0;
    int t = start;
    int star = -1;
    int resume = start;
    while (t < end) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        star = p++;
        resume = t;
      } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }
}
