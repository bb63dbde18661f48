package io.sidetrace.daemon.shape.mask;

/** JSON web tokens: two to five parts in base64url, the first of them a JSON object. RFC 7519. */
final class Jwts implements Detector {
  static final String MASK = "[jwt]";

  /** An opening brace and a quote in base64. */
  private static final String OBJECT = "eyJ";

  private static final int MIN_HEADER = 10;

  @Override
  public void find(String text, Findings to) {
    int at = text.indexOf(OBJECT);
    while (at >= 0) {
      int end = end(text, at, to);
      at = text.indexOf(OBJECT, end);
    }
  }

  private static int end(String text, int start, Findings to) {
    int end = Chars.tokenEnd(text, start);
    if (end - start < MIN_HEADER || end == text.length() || text.charAt(end) != '.') {
      return end;
    }
    int parts = 1;
    while (end < text.length() && text.charAt(end) == '.' && parts < 5) {
      int next = Chars.tokenEnd(text, end + 1);
      if (next == end + 1 && parts == 1) {
        return next; // "eyJ….": no payload, no token
      }
      end = next;
      parts++;
    }
    boolean whole = parts >= 3 || end == text.length() || text.startsWith(OBJECT, dot(text, start));
    if (whole) {
      to.add(start, end, MASK);
    }
    return end;
  }

  private static int dot(String text, int start) {
    return text.indexOf('.', start) + 1;
  }
}
