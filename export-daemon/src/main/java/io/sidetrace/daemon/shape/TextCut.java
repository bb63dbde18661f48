package io.sidetrace.daemon.shape;

import org.jspecify.annotations.Nullable;

/**
 * Shortens a text to a number of bytes: its beginning and its end stay, with a mark between that a
 * reader can see. JSON stays JSON: first long strings in it are shortened, then long lists; what is
 * still too long becomes one JSON string.
 */
final class TextCut {
  private static final int SHORTEST_LEAF = 256;
  private static final int MOST_ITEMS = 256;
  private static final int MARK_BYTES = 100;

  private final int maxBytes;

  TextCut(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  boolean fits(@Nullable String text) {
    // A char is at most three bytes of UTF-8: most texts are decided without counting.
    return text == null || text.length() <= maxBytes / 3 || utf8Length(text) <= maxBytes;
  }

  String cut(String text) {
    if (fits(text)) {
      return text;
    }
    String json = JsonText.isLikely(text) ? cutJson(text) : null;
    return json == null ? shorten(text, maxBytes - MARK_BYTES) : json;
  }

  /** Null if the text is no JSON after all. */
  private @Nullable String cutJson(String text) {
    String shorter = text;
    for (int leaf = Math.max(SHORTEST_LEAF, maxBytes / 4); leaf >= SHORTEST_LEAF; leaf /= 4) {
      shorter = JsonCut.withLeaves(text, leaf);
      if (shorter == null || fits(shorter)) {
        return shorter;
      }
    }
    String leaves = shorter;
    for (int items = MOST_ITEMS; items >= 1; items /= 4) {
      String fewer = JsonCut.withItems(leaves, items);
      if (fewer != null && fits(fewer)) {
        return fewer;
      }
    }
    for (int keep = maxBytes - MARK_BYTES; ; keep /= 2) {
      String quoted = JsonCut.quoted(shorten(text, keep));
      if (fits(quoted)) {
        return quoted;
      }
    }
  }

  /**
   * Keeps two thirds of {@code keepBytes} at the beginning and one third at the end.
   *
   * @param keepBytes without the mark
   */
  static String shorten(String text, int keepBytes) {
    int end = 0;
    for (int bytes = 0; end < text.length(); ) {
      int point = text.codePointAt(end);
      bytes += utf8Length(point);
      if (bytes > keepBytes - keepBytes / 3) {
        break;
      }
      end += Character.charCount(point);
    }
    int tail = text.length();
    for (int bytes = 0; tail > end; ) {
      int point = text.codePointBefore(tail);
      bytes += utf8Length(point);
      if (bytes > keepBytes / 3) {
        break;
      }
      tail -= Character.charCount(point);
    }
    return text.substring(0, end)
        + "… [cut by sidetrace: "
        + (tail - end)
        + " of "
        + text.length()
        + " characters] …"
        + text.substring(tail);
  }

  static long utf8Length(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes;
  }

  private static int utf8Length(int point) {
    return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  }
}
