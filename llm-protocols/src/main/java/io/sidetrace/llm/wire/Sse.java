package io.sidetrace.llm.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Server-sent events (WHATWG HTML 9.2), over bytes: lines end with LF, CR or CRLF; {@code data}
 * lines of one event are joined by a line feed; other fields and comments are passed over, but for
 * {@code error}, which llama.cpp's server writes where {@code data} should stand. An event that the
 * end of the body cuts off is handed on all the same: some servers leave out the last empty line.
 */
public final class Sse {
  private final byte[] bytes;
  private final Frames frames;
  private String name = "";
  private String lastName = "";
  private int lastFrom;
  private int lastTo;
  private int dataStart = -1;
  private int dataEnd;

  /** Lines of one event's data, once there is more than one. */
  private final ByteArrayOutputStream joined = new ByteArrayOutputStream(0);

  private Sse(byte[] bytes, Frames frames) {
    this.bytes = bytes;
    this.frames = frames;
  }

  public static void read(byte[] bytes, int start, int end, Frames frames) {
    new Sse(bytes, frames).read(start, end);
  }

  private void read(int start, int end) {
    int at = start;
    while (at < end) {
      int eol = Eol.find(bytes, at, end);
      if (eol == at) {
        dispatch();
      } else {
        line(at, eol);
      }
      boolean crlf = eol + 1 < end && bytes[eol] == '\r' && bytes[eol + 1] == '\n';
      at = eol + (crlf ? 2 : 1);
    }
    dispatch();
  }

  private void line(int from, int to) {
    switch (bytes[from]) {
      case 'd' -> {
        if (isField(from, to, "data")) {
          data(valueStart(from + 4, to), to);
        }
      }
      case 'e' -> {
        if (isField(from, to, "event")) {
          name = name(valueStart(from + 5, to), to);
        } else if (isField(from, to, "error")) {
          data(valueStart(from + 5, to), to);
        }
      }
      default -> {}
    }
  }

  /** The event's name; a stream has few, and mostly the one it had before. */
  private String name(int from, int to) {
    if (!Arrays.equals(bytes, from, to, bytes, lastFrom, lastTo)) {
      lastName = new String(bytes, from, to - from, StandardCharsets.UTF_8);
      lastFrom = from;
      lastTo = to;
    }
    return lastName;
  }

  private boolean isField(int from, int to, String field) {
    int length = field.length();
    if (to - from < length) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if (bytes[from + i] != field.charAt(i)) {
        return false;
      }
    }
    return to - from == length || bytes[from + length] == ':';
  }

  private int valueStart(int colon, int to) {
    int at = Math.min(colon + 1, to);
    return at < to && bytes[at] == ' ' ? at + 1 : at;
  }

  private void data(int from, int to) {
    if (dataStart >= 0 && from < to && bytes[dataEnd - 1] == '}' && isStart(bytes[from])) {
      // No JSON goes on like this: the server forgot the empty line between two events.
      dispatch();
    }
    if (dataStart < 0) {
      dataStart = from;
    } else {
      if (joined.size() == 0) {
        joined.write(bytes, dataStart, dataEnd - dataStart);
      }
      joined.write('\n');
      joined.write(bytes, from, to - from);
    }
    dataEnd = to;
  }

  private static boolean isStart(byte b) {
    return b == '{' || b == '[';
  }

  private void dispatch() {
    if (dataStart >= 0) {
      if (joined.size() == 0) {
        frames.frame(name, bytes, dataStart, dataEnd, dataEnd);
      } else {
        byte[] data = joined.toByteArray();
        joined.reset();
        frames.frame(name, data, 0, data.length, dataEnd);
      }
    }
    dataStart = -1;
    name = "";
  }
}
