package io.sidetrace.daemon.shape.mask;

/**
 * Telephone numbers: with a country code behind {@code +} or {@code 00}, in the North American form
 * (3-3-4), or in groups that begin with {@code 0}. Bare digits are left alone: ids look like that.
 */
final class Phones implements Detector {
  static final String MASK = "[phone]";

  /** ITU-T E.164: 15 digits with the country code. */
  private static final int MAX = 15;

  private static final String SEPARATORS = " -./()\u00a0";

  @Override
  public void find(String text, Findings to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '+' || c == '(' || Chars.isDigit(c)) {
        i = Math.max(i, phone(text, i, c, to) - 1);
      }
    }
  }

  /** The end of what was looked at. */
  private static int phone(String text, int at, char first, Findings to) {
    int digits = first == '+' || first == '(' ? at + 1 : at;
    if (first == '+' && digits < text.length() && text.charAt(digits) == '(') {
      digits++;
    }
    DigitGroups groups = DigitGroups.read(text, digits, SEPARATORS, true);
    if (groups.count() == 0) {
      return digits;
    }
    int last = groups.count() - 1;
    boolean apart = first != '+' && isApart(text, at, groups.end(last));
    int end =
        first == '+'
            ? international(groups, 0)
            : text.startsWith("00", digits) && Chars.isWordStart(text, at)
                ? international(groups, 2)
                : apart ? national(text, groups) : 0;
    if (end > 0) {
      to.add(at, end, MASK);
      return end;
    }
    // Each group is looked at again on its own, since a number may follow another.
    return groups.end(0);
  }

  /** The end of 7 to 15 digits; 0 if they are fewer. */
  private static int international(DigitGroups groups, int prefix) {
    int digits = -prefix;
    int end = 0;
    for (int group = 0; group < groups.count(); group++) {
      digits += groups.length(group);
      if (digits > MAX) {
        break;
      }
      end = digits >= 7 ? groups.end(group) : 0;
    }
    return end;
  }

  private static int national(String text, DigitGroups groups) {
    if (groups.count() >= 3
        && groups.length(0) == 3
        && groups.length(1) == 3
        && groups.length(2) == 4) {
      return groups.end(2);
    }
    boolean trunk = text.charAt(groups.start(0)) == '0' && groups.length(0) >= 2;
    if (!trunk || groups.count() < 2) {
      return 0;
    }
    int digits = 0;
    int end = 0;
    for (int group = 0; group < groups.count() && digits <= 13; group++) {
      digits += groups.length(group);
      end = digits >= 9 && digits <= 13 ? groups.end(group) : end;
    }
    return end;
  }

  /** Not a part of a date, a version or an id. */
  private static boolean isApart(String text, int start, int end) {
    char after = end == text.length() ? ' ' : text.charAt(end);
    boolean free = Chars.isWordStart(text, start) && !isJoined(text, start);
    return free && !Chars.isToken(after);
  }

  private static boolean isJoined(String text, int start) {
    if (start < 2 || text.charAt(start) == '(') {
      return false;
    }
    char joint = text.charAt(start - 1);
    char before = text.charAt(start - 2);
    return Chars.isDigit(before)
        ? "-._/:".indexOf(joint) >= 0
        : (joint == '-' || joint == '_') && Chars.isAlphanumeric(before);
  }
}
