package io.sidetrace.daemon.shape.mask;

/**
 * Payment card numbers: 12 to 19 digits, in groups or not, with the beginning of a card network and
 * a right check digit (Luhn, ISO/IEC 7812-1). One in ten other numbers of that kind is right too.
 */
final class Cards implements Detector {
  static final String MASK = "[card]";
  private static final int MIN = 12;
  private static final int MAX = 19;
  private static final String SEPARATORS = " -\u00a0";

  @Override
  public void find(String text, Findings to) {
    int at = 0;
    while (at < text.length()) {
      if (!Chars.isDigit(text.charAt(at))) {
        at++;
        continue;
      }
      DigitGroups groups = DigitGroups.read(text, at, SEPARATORS, false);
      at = find(text, groups, to);
    }
  }

  /** Where to go on. A card may begin at any group, as after an order number. */
  private static int find(String text, DigitGroups groups, Findings to) {
    for (int first = 0; first < groups.count(); first++) {
      boolean word = first > 0 || Chars.isWordStart(text, groups.start(0));
      int last = word ? lastOfCard(text, groups, first) : -1;
      if (last >= 0) {
        to.add(groups.start(first), groups.end(last), MASK);
        return groups.end(last);
      }
    }
    int half = groups.count() == DigitGroups.MAX_GROUPS ? groups.count() / 2 : groups.count();
    return groups.end(half - 1);
  }

  private static int lastOfCard(String text, DigitGroups groups, int first) {
    int length = 0;
    int found = -1;
    int[] digits = new int[MAX];
    for (int group = first; group < groups.count(); group++) {
      if (length + groups.length(group) > MAX) {
        break;
      }
      for (int i = groups.start(group); i < groups.end(group); i++) {
        digits[length++] = text.charAt(i) - '0';
      }
      if (length >= MIN && isCard(digits, length)) {
        found = group;
      }
    }
    return found;
  }

  private static boolean isCard(int[] digits, int length) {
    return network(digits, length) && luhn(digits, length);
  }

  /** Whether a network gives out such numbers: most ids and times are none of theirs. */
  private static boolean network(int[] digits, int length) {
    int two = digits[0] * 10 + digits[1];
    int four = two * 100 + digits[2] * 10 + digits[3];
    return switch (digits[0]) {
      case 4 -> length == 13 || length == 16 || length == 19; // Visa
      case 2 -> ((four >= 2221 && four <= 2720) || (four >= 2200 && four <= 2204)) && length == 16;
      case 3 ->
          (two == 34 || two == 37)
              ? length == 15 // American Express
              : two == 35 ? length >= 16 : (two == 30 || two == 36 || two >= 38) && length >= 14;
      case 5 -> (two >= 51 && two <= 55) ? length == 16 : (two == 50 || two >= 56); // Mastercard
      case 6 -> true; // Discover, UnionPay, Maestro
      default -> false;
    };
  }

  static boolean luhn(int[] digits, int length) {
    int sum = 0;
    for (int i = 0; i < length; i++) {
      int digit = digits[length - 1 - i];
      int twice = i % 2 == 0 ? digit : 2 * digit;
      sum += twice > 9 ? twice - 9 : twice;
    }
    return sum % 10 == 0;
  }
}
