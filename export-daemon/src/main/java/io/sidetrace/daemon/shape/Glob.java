package io.sidetrace.daemon.shape;

import org.jspecify.annotations.Nullable;

/**
 * A pattern that is the whole text, {@code *} standing for anything. Matches in time proportional
 * to pattern times text, whatever they are.
 */
public record Glob(String pattern) {

  public boolean matches(@Nullable String text) {
    if (text == null) {
      return false;
    }
    int p = 0;
    int t = 0;
    int star = -1;
    int resume = 0;
    while (t < text.length()) {
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
