package io.sidetrace.daemon.shape.mask;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Places in a text that are to be replaced. */
public final class Findings {
  private final List<Finding> found = new ArrayList<>(2);

  private record Finding(int start, int end, String mask) {}

  /**
   * @param mask what stands there instead
   */
  void add(int start, int end, String mask) {
    if (end > start) {
      found.add(new Finding(start, end, mask));
    }
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** The text with its findings replaced; those that overlap are replaced as one. */
  String replaceIn(String text) {
    if (found.isEmpty()) {
      return text;
    }
    found.sort(Comparator.comparingInt(Finding::start).thenComparingInt(f -> -f.end));
    StringBuilder masked = new StringBuilder(text.length());
    int done = 0;
    for (Finding finding : found) {
      if (finding.start >= done) {
        masked.append(text, done, finding.start).append(finding.mask);
      }
      done = Math.max(done, finding.end);
    }
    return masked.append(text, done, text.length()).toString();
  }
}
