package io.sidetrace.daemon.shape.mask;

/** Where words begin and what they are made of. */
final class Chars {
  private Chars() {}

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** What tokens are made of: base64url. */
  static boolean isToken(char c) {
    return isAlphanumeric(c) || c == '-' || c == '_';
  }

  /**
   * True if no letter or digit stands before {@code at}. An escape of JSON or of a URL is none: in
   * {@code "\nsk-…"} the key begins after the {@code n}, in {@code %20sk-…} after the {@code 0}.
   */
  static boolean isWordStart(String text, int at) {
    return at == 0 || !isAlphanumeric(text.charAt(at - 1)) || isEscaped(text, at);
  }

  private static boolean isEscaped(String text, int at) {
    return (at >= 2 && text.charAt(at - 2) == '\\')
        || (at >= 3 && text.charAt(at - 3) == '%')
        || (at >= 6 && text.charAt(at - 6) == '\\' && text.charAt(at - 5) == 'u');
  }

  static int tokenEnd(String text, int from) {
    int end = from;
    while (end < text.length() && isToken(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
