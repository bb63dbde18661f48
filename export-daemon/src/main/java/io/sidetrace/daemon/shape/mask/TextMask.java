package io.sidetrace.daemon.shape.mask;

import io.sidetrace.daemon.shape.JsonText;
import java.util.List;

/**
 * Masks a text. JSON stays JSON: strings, names and numbers in it are masked one by one, JSON
 * within strings (the arguments of tool calls) as well. A text in which nothing is found stays as
 * it is, byte by byte. Thread-safe.
 */
public final class TextMask {
  public static final String MASKED = "[masked]";

  private final List<Detector> builtIn;
  private final List<Detector> own;
  private final List<JsonPath> allow;
  private final List<JsonPath> deny;

  /**
   * @param own detectors that may look at where a text begins and ends, so that JSON is always
   *     taken apart for them
   * @param allow if not empty, only values at these paths pass
   * @param deny values at these paths never pass
   */
  public TextMask(
      List<? extends Detector> builtIn,
      List<? extends Detector> own,
      List<JsonPath> allow,
      List<JsonPath> deny) {
    this.builtIn = List.copyOf(builtIn);
    this.own = List.copyOf(own);
    this.allow = List.copyOf(allow);
    this.deny = List.copyOf(deny);
  }

  /** Masks what belongs to a message's content: the allowed paths are meant for it. */
  public String content(String text) {
    return mask(text, allow);
  }

  /** Masks any other text. */
  public String text(String text) {
    return mask(text, List.of());
  }

  private String mask(String text, List<JsonPath> allowed) {
    if (!JsonText.isLikely(text)) {
      return allowed.isEmpty() || text.isEmpty() ? plain(text) : MASKED;
    }
    boolean paths = !allowed.isEmpty() || !deny.isEmpty();
    if (paths || !own.isEmpty() || hasEscapes(text) || !find(text, builtIn).isEmpty()) {
      return new JsonMasking(this, allowed, deny).run(text);
    }
    return text;
  }

  /** Escapes that may stand within a secret; after those of quotes and line ends words begin. */
  private static boolean hasEscapes(String text) {
    int at = text.indexOf('\\');
    while (at >= 0 && at + 1 < text.length()) {
      char escaped = text.charAt(at + 1);
      if (escaped == 'u' || escaped == '/') {
        return true;
      }
      at = text.indexOf('\\', at + 2);
    }
    return false;
  }

  String plain(String text) {
    Findings findings = find(text, builtIn);
    own.forEach(detector -> detector.find(text, findings));
    return findings.replaceIn(text);
  }

  private static Findings find(String text, List<Detector> detectors) {
    Findings findings = new Findings();
    for (Detector detector : detectors) {
      detector.find(text, findings);
    }
    return findings;
  }
}
