package io.sidetrace.agent.api;

import io.sidetrace.event.Slice;
import java.nio.charset.StandardCharsets;

/**
 * Whether a request names a model, for paths that other services have too. A byte search, no
 * parsing: over all of the body, since SDKs write the model between the messages and the tools.
 */
final class NamesModel {
  private static final byte[] KEY = "\"model\"".getBytes(StandardCharsets.US_ASCII);

  private NamesModel() {}

  /** True as well if the bytes that would tell were not captured, or are compressed. */
  static boolean in(Body body) {
    Slice bytes = body.slice();
    int length = bytes.length();
    return body.size() > length
        || (length > 1 && (bytes.array()[0] & 0xff) == 0x1f)
        || find(bytes.array(), length);
  }

  /** Horspool's search: looks at about every seventh byte. */
  private static boolean find(byte[] bytes, int length) {
    int last = KEY.length - 1;
    for (int end = last; end < length; end += shift(bytes[end])) {
      if (bytes[end] == KEY[last] && matches(bytes, end - last)) {
        return true;
      }
    }
    return false;
  }

  /** How far the key moves to have this byte under its rightmost equal, the key's last aside. */
  private static int shift(byte seen) {
    return switch (seen) {
      case 'l' -> 1;
      case 'e' -> 2;
      case 'd' -> 3;
      case 'o' -> 4;
      case 'm' -> 5;
      case '"' -> 6;
      default -> 7;
    };
  }

  private static boolean matches(byte[] bytes, int at) {
    for (int i = 0; i < KEY.length; i++) {
      if (bytes[at + i] != KEY[i]) {
        return false;
      }
    }
    return true;
  }
}
