package io.sidetrace.agent.api;

import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Whether a request names a model, for paths that other services have too. A byte search at both
 * ends of the body, since a model stands before or behind the messages; no parsing, and bounded.
 */
final class NamesModel {
  private static final byte[] KEY = "\"model\"".getBytes(StandardCharsets.US_ASCII);
  private static final int WINDOW = 16 << 10;

  private NamesModel() {}

  /** True as well if the bytes that would tell were not captured, or are compressed. */
  static boolean in(Body body) {
    Slice bytes = body.slice();
    int length = bytes.length();
    if (body.size() > length || (length > 1 && (bytes.array()[0] & 0xff) == 0x1f)) {
      return true;
    }
    return find(bytes.array(), 0, Math.min(length, WINDOW))
        || (length > WINDOW
            && find(bytes.array(), Math.max(WINDOW - KEY.length, length - WINDOW), length));
  }

  private static boolean find(byte[] bytes, int start, int end) {
    int last = end - KEY.length;
    for (int i = start; i <= last; i++) {
      if (bytes[i] == '"' && bytes[i + 1] == 'm' && matches(bytes, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 2; i < KEY.length; i++) {
      if (bytes[at + i] != KEY[i]) {
        return false;
      }
    }
    return true;
  }
}
