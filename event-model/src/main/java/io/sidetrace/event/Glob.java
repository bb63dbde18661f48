package io.sidetrace.event;

import org.jspecify.annotations.Nullable;

/**
 * A pattern as agent and daemon understand it in their settings: it is the whole text, {@code *}
 * standing for any characters, none included. Matches in time proportional to pattern times text,
 * whatever they are.
 */
public record Glob(String pattern) {

  public boolean matches(@Nullable String text) {
    return text != null && matches(pattern, 0, pattern.length(), text, 0, text.length());
  }

  /**
   * As {@link #matches(String)}, for a pattern and a text that are parts of longer ones.
   *
   * @param to where the pattern ends, exclusive
   * @param end where the text ends, exclusive
   */
  public static boolean matches(
      String patterns, int from, int to, String text, int start, int end) {
    int patternEnd = to;
    int textEnd = end;
    // What follows the last star first: paths that differ mostly end differently.
    while (patternEnd > from && patterns.charAt(patternEnd - 1) != '*') {
      if (textEnd == start || patterns.charAt(--patternEnd) != text.charAt(--textEnd)) {
        return false;
      }
    }
    return patternEnd == from
        ? textEnd == start
        : begins(patterns, from, patternEnd, text, start, textEnd);
  }

  /** Of a pattern that ends with a star. */
  private static boolean begins(
      String patterns, int from, int to, String text, int start, int end) {
    int p = from;
    int t = start;
    int star = -1;
    int resume = start;
    while (t < end) {
      char wanted = patterns.charAt(p);
      if (wanted == '*') {
        star = p++;
        if (p == to) {
          return true; // whatever is left
        }
        resume = t;
      } else if (wanted == text.charAt(t)) {
        p++;
        t++;
      } else if (star >= 0) {
        // Only the last star needs to give way: earlier ones took the shortest that fits.
        p = star + 1;
        t = ++resume;
      } else {
        return false;
      }
    }
    while (p < to && patterns.charAt(p) == '*') {
      p++;
    }
    return p == to;
  }
}
