package io.sidetrace.event;

import org.jspecify.annotations.Nullable;

/**
 * A pattern as agent and daemon understand it in their settings: it is the whole text, {@code *}
 * standing for any characters, none included. Matches in time proportional to pattern times text,
 * whatever they are.
 */
public record Glob(String pattern) {

  public boolean matches(@Nullable String text) {
    return text != null && matches(text, 0, text.length());
  }

  /**
   * @param end where the part of {@code text} to match ends, exclusive
   */
  public boolean matches(String text, int start, int end) {
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
        // Only the last star needs to give way: earlier ones took the shortest that fits.
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
