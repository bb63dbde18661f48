package io.sidetrace.llm.wire;

/** Tells whole characters of JSON strings from halves. */
final class Characters {
  private Characters() {}

  /** Length of the character or escape that begins at {@code at}; 0 when the end cuts it. */
  static int length(byte[] bytes, int at, int end) {
    return bytes[at] == '\\' ? escape(bytes, at, end) : utf8(bytes[at], at, end);
  }

  /** Both halves of an escaped surrogate pair are one. */
  private static int escape(byte[] bytes, int at, int end) {
    if (at + 1 >= end) {
      return 0;
    }
    if (bytes[at + 1] != 'u') {
      return 2;
    }
    if (at + 6 > end) {
      return 0;
    }
    boolean high =
        (bytes[at + 2] | 0x20) == 'd' && "89abAB".indexOf((char) (bytes[at + 3] & 0xff)) >= 0;
    if (!high) {
      return 6;
    }
    return at + 12 <= end ? 12 : 0;
  }

  private static int utf8(byte lead, int at, int end) {
    int size =
        lead >= 0
            ? 1
            : (lead & 0xe0) == 0xc0 ? 2 : (lead & 0xf0) == 0xe0 ? 3 : (lead & 0xf8) == 0xf0 ? 4 : 1;
    return at + size <= end ? size : 0;
  }
}
