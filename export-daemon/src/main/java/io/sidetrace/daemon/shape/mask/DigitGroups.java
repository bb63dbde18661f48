package io.sidetrace.daemon.shape.mask;

/**
 * A number as people write it: groups of digits with a separator between them. It is read from the
 * left to its end or for {@link #MAX_GROUPS} groups, so that a text of digits costs linear time.
 */
final class DigitGroups {
  static final int MAX_GROUPS = 24;

  private final int[] starts = new int[MAX_GROUPS];
  private final int[] ends = new int[MAX_GROUPS];
  private int count;

  /**
   * Reads groups from the first digit at or after {@code from}.
   *
   * @param separators one of them may stand between two groups
   * @param wide true if two separators may stand there, as in {@code (0) 30}
   */
  static DigitGroups read(String text, int from, String separators, boolean wide) {
    DigitGroups groups = new DigitGroups();
    int at = from;
    while (groups.count < MAX_GROUPS) {
      int end = at;
      while (end < text.length() && Chars.isDigit(text.charAt(end))) {
        end++;
      }
      if (end == at) {
        break;
      }
      groups.starts[groups.count] = at;
      groups.ends[groups.count++] = end;
      at = end;
      for (int gap = 0; gap < (wide ? 3 : 1) && at < text.length(); gap++) {
        if (separators.indexOf(text.charAt(at)) < 0) {
          break;
        }
        at++;
      }
      if (at == end) {
        break;
      }
    }
    return groups;
  }

  int count() {
    return count;
  }

  int start(int group) {
    return starts[group];
  }

  int end(int group) {
    return ends[group];
  }

  int length(int group) {
    return ends[group] - starts[group];
  }
}
