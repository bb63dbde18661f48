package io.sidetrace.daemon.shape;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HTTP statuses: {@code 404}, {@code 5xx} or {@code 400-429}. */
public record StatusRange(int from, int to) {
  private static final Pattern TEXT =
      Pattern.compile("([1-5])xx|([1-5]\\d\\d)(?:\\s*-\\s*([1-5]\\d\\d))?");

  /**
   * @throws IllegalArgumentException if the text is none
   */
  public static StatusRange of(String text) {
    Matcher match = TEXT.matcher(text);
    if (!match.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no status such as 404, 5xx, 400-429");
    }
    if (match.group(1) != null) {
      int hundred = 100 * Integer.parseInt(match.group(1));
      return new StatusRange(hundred, hundred + 99);
    }
    int from = Integer.parseInt(match.group(2));
    return new StatusRange(from, match.group(3) == null ? from : Integer.parseInt(match.group(3)));
  }

  boolean contains(int status) {
    return status >= from && status <= to;
  }
}
