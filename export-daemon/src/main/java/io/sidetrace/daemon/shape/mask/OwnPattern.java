package io.sidetrace.daemon.shape.mask;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A regular expression of the operator's own. RE2/J matches in linear time, whatever the text: no
 * backreferences, no lookaround.
 *
 * @param mask what stands there instead
 */
public record OwnPattern(Pattern pattern, String mask) implements Detector {

  /**
   * @throws IllegalArgumentException if it is no regular expression; the message says why
   */
  public static OwnPattern of(String regex, String mask) {
    try {
      return new OwnPattern(Pattern.compile(regex), mask);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + regex + "' is no regular expression that RE2 knows: " + e.getDescription(), e);
    }
  }

  @Override
  public void find(String text, Findings to) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      to.add(matcher.start(), matcher.end(), mask);
    }
  }
}
