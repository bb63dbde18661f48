package io.sidetrace.event;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Appends JSON to a buffer, compact, in UTF-8. Whoever calls it sees to it that objects and arrays
 * begin and end where they should. Allocates nothing. Not thread-safe.
 *
 * <p>Why not jackson-core, which reads all this, is in the RATIONALE.
 */
final class JsonWriter {
  private enum Kind {
    NAME,
    TEXT,
    JSON
  }

  /** A longer text is encoded in pieces, so that a buffer never grows for what it may not need. */
  private static final int PIECE = 1024;

  /** What one char takes at most: {@code \}{@code u001F}. */
  private static final int LONGEST = 6;

  /** Comma, quotes and colon. */
  private static final int AROUND = 4;

  private static final int MOST_DIGITS = 19;
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final boolean[] ESCAPED = new boolean[0x80];

  static {
    Arrays.fill(ESCAPED, 0, ' ', true);
    ESCAPED['"'] = true;
    ESCAPED['\\'] = true;
  }

  private final FrameBuffer out;
  private final char[] chars = new char[PIECE];
  private boolean comma;

  JsonWriter(FrameBuffer out) {
    this.out = out;
  }

  void beginObject() {
    begin('{');
  }

  void beginObject(String name) {
    encode(name, Kind.NAME);
    begin('{');
  }

  void beginArray(String name) {
    encode(name, Kind.NAME);
    begin('[');
  }

  void beginArray() {
    separate();
    begin('[');
  }

  private void begin(char bracket) {
    out.write(bracket);
    comma = false;
  }

  void endObject() {
    end('}');
  }

  void endArray() {
    end(']');
  }

  private void end(char bracket) {
    out.write(bracket);
    comma = true;
  }

  /** A field, unless its value is null. */
  void text(String name, @Nullable String value) {
    if (value != null) {
      encode(name, Kind.NAME);
      encode(value, Kind.TEXT);
    }
  }

  void number(String name, long value) {
    encode(name, Kind.NAME);
    digits(value);
  }

  /** A field that is true; others are left out. */
  void flag(String name, boolean value) {
    if (value) {
      encode(name, Kind.NAME);
      encode("true", Kind.JSON);
    }
  }

  /** A field whose value is JSON already, unless it is null. */
  void raw(String name, @Nullable String json) {
    if (json != null) {
      encode(name, Kind.NAME);
      encode(json, Kind.JSON);
    }
  }

  /** An array's element. */
  void text(String value) {
    separate();
    encode(value, Kind.TEXT);
  }

  /** An array's element. */
  void number(long value) {
    separate();
    digits(value);
  }

  private void separate() {
    if (comma) {
      out.write(',');
    }
  }

  private void digits(long value) {
    if (value < 0) { // none of ours is
      encode(Long.toString(value), Kind.JSON);
      return;
    }
    int count = 1;
    for (long bound = 10; count < MOST_DIGITS && value >= bound; bound *= 10) {
      count++;
    }
    byte[] to = out.room(count);
    int at = out.size() + count;
    out.cut(at);
    long rest = value;
    while (rest > Integer.MAX_VALUE) {
      to[--at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    int left = (int) rest; // the division of which is cheaper
    do {
      to[--at] = (byte) ('0' + left % 10);
      left /= 10;
    } while (left > 0);
    comma = true;
  }

  /** One method on purpose: C2 makes a copy of whatever is smaller for each field there is. */
  private void encode(String text, Kind kind) {
    boolean quoted = kind != Kind.JSON;
    int length = text.length();
    int from = 0;
    do {
      int count = Math.min(PIECE, length - from);
      text.getChars(from, from + count, chars, 0);
      if (from + count < length && Character.isHighSurrogate(chars[count - 1])) {
        count--; // its other half stands behind
      }
      byte[] to = out.room(LONGEST * count + AROUND);
      int at = out.size();
      if (quoted && from == 0) {
        if (kind == Kind.NAME && comma) {
          to[at++] = ',';
        }
        to[at++] = '"';
      }
      for (int i = 0; i < count; i++) {
        int c = chars[i];
        if (c < 0x80) {
          if (quoted && ESCAPED[c]) {
            at = escaped(c, to, at);
          } else {
            to[at++] = (byte) c;
          }
        } else if (c < 0x800) {
          to[at] = (byte) (0xC0 | (c >> 6));
          to[at + 1] = (byte) (0x80 | (c & 0x3F));
          at += 2;
        } else if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
          to[at] = (byte) (0xE0 | (c >> 12));
          to[at + 1] = (byte) (0x80 | ((c >> 6) & 0x3F));
          to[at + 2] = (byte) (0x80 | (c & 0x3F));
          at += 3;
        } else if (i + 1 < count && Character.isSurrogatePair((char) c, chars[i + 1])) {
          int both = Character.toCodePoint((char) c, chars[++i]);
          to[at] = (byte) (0xF0 | (both >> 18));
          to[at + 1] = (byte) (0x80 | ((both >> 12) & 0x3F));
          to[at + 2] = (byte) (0x80 | ((both >> 6) & 0x3F));
          to[at + 3] = (byte) (0x80 | (both & 0x3F));
          at += 4;
        } else {
          at = unicode(c, to, at); // half a pair has no UTF-8
        }
      }
      from += count;
      if (quoted && from == length) {
        to[at++] = '"';
        if (kind == Kind.NAME) {
          to[at++] = ':';
        }
      }
      out.cut(at);
    } while (from < length);
    comma = true;
  }

  private static int escaped(int c, byte[] to, int start) {
    int letter = "\"\\\b\f\n\r\t".indexOf(c);
    if (letter < 0) {
      return unicode(c, to, start);
    }
    to[start] = '\\';
    to[start + 1] = (byte) "\"\\bfnrt".charAt(letter);
    return start + 2;
  }

  private static int unicode(int c, byte[] to, int start) {
    to[start] = '\\';
    to[start + 1] = 'u';
    to[start + 2] = (byte) HEX[c >> 12];
    to[start + 3] = (byte) HEX[(c >> 8) & 0xF];
    to[start + 4] = (byte) HEX[(c >> 4) & 0xF];
    to[start + 5] = (byte) HEX[c & 0xF];
    return start + 6;
  }
}
