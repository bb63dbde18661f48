package io.sidetrace.daemon.shape.mask;

/** E-mail addresses, also with the {@code @} escaped as in URLs and in JSON. */
final class Emails implements Detector {
  static final String MASK = "[email]";

  @Override
  public void find(String text, Findings to) {
    at(text, "@", to);
    at(text, "%40", to);
    at(text, "\\u0040", to);
  }

  private static void at(String text, String sign, Findings to) {
    int done = 0;
    for (int at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + sign.length())) {
      int start = at;
      while (start > done && isLocal(text.charAt(start - 1))) {
        start--;
      }
      int from = at + sign.length();
      int end = domainEnd(text, from);
      done = from;
      if (start < at && end > from) {
        to.add(start, end, MASK);
      }
    }
  }

  /** RFC 5322 allows a few more, which mostly stand around addresses: in URLs and in code. */
  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "._%+-'!#$*^~".indexOf(c) >= 0;
  }

  /** The end of the domain's longest part that ends in letters after a dot; 0 if there is none. */
  private static int domainEnd(String text, int from) {
    int end = 0;
    int label = from;
    for (int i = from; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : ' ';
      if (Character.isLetterOrDigit(c) || c == '-') {
        continue;
      }
      if (i == label) {
        break; // no label is empty
      }
      if (label > from && isTop(text, label, i)) {
        end = i;
      }
      if (c != '.') {
        break;
      }
      label = i + 1;
    }
    return end;
  }

  private static boolean isTop(String text, int from, int end) {
    return end - from >= 2 && Character.isLetter(text.charAt(from));
  }
}
