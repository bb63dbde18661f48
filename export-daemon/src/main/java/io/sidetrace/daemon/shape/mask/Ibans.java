package io.sidetrace.daemon.shape.mask;

import java.util.Map;

/**
 * International bank account numbers, with or without spaces: a country's code, its length and the
 * check digits (ISO 13616, mod 97) must be right. Countries as in SWIFT's IBAN registry.
 */
final class Ibans implements Detector {
  static final String MASK = "[iban]";

  private static final Map<String, Integer> LENGTHS =
      lengths(
          "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22"
              + " DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28"
              + " HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20"
              + " LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28"
              + " PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28"
              + " TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

  private static Map<String, Integer> lengths(String registry) {
    Map<String, Integer> lengths = new java.util.HashMap<>();
    for (String country : registry.split(" ", -1)) {
      lengths.put(country.substring(0, 2), Integer.valueOf(country.substring(2)));
    }
    return Map.copyOf(lengths);
  }

  @Override
  public void find(String text, Findings to) {
    for (int i = 0; i + 15 <= text.length(); i++) {
      // Two letters and two digits are rare enough to need no cleverer search.
      if (Chars.isDigit(text.charAt(i + 2))
          && Chars.isDigit(text.charAt(i + 3))
          && isLetter(text.charAt(i))
          && isLetter(text.charAt(i + 1))
          && Chars.isWordStart(text, i)) {
        i = Math.max(i, iban(text, i, to) - 1);
      }
    }
  }

  private static int iban(String text, int start, Findings to) {
    String country = text.substring(start, start + 2).toUpperCase(java.util.Locale.ROOT);
    Integer length = LENGTHS.get(country);
    if (length == null) {
      return start;
    }
    char[] compact = new char[length];
    int at = start;
    int count = 0;
    boolean spaced = false;
    while (at < text.length() && count < length) {
      char c = text.charAt(at);
      if (Chars.isAlphanumeric(c)) {
        compact[count++] = c;
        spaced = false;
      } else if (spaced || (c != ' ' && c != '-' && c != '\u00a0')) {
        return start;
      } else {
        spaced = true;
      }
      at++;
    }
    boolean ends = at == text.length() || !Chars.isAlphanumeric(text.charAt(at));
    if (count == length && ends && mod97(compact) == 1) {
      to.add(start, at, MASK);
      return at;
    }
    return start;
  }

  /** The remainder with the first four characters moved to the end, letters as 10 to 35. */
  static int mod97(char[] iban) {
    int remainder = 0;
    for (int i = 0; i < iban.length; i++) {
      int value = Character.digit(iban[(i + 4) % iban.length], 36);
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder;
  }

  private static boolean isLetter(char c) {
    return Chars.isAlphanumeric(c) && !Chars.isDigit(c);
  }
}
