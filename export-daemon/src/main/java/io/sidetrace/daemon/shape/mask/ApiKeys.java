package io.sidetrace.daemon.shape.mask;

import java.util.ArrayList;
import java.util.List;

/**
 * Keys that tell what they are by how they begin, and what stands behind {@code Bearer}. A key
 * without such a beginning is for a pattern of one's own.
 */
final class ApiKeys implements Detector {
  static final String MASK = "[api-key]";

  /** A beginning, how many characters of a token follow at least, and whether one is a digit. */
  private record Prefix(String text, int minRest, boolean digit) {}

  private static final List<Prefix> ALL =
      List.of(
          new Prefix("sk-", 16, true), // OpenAI, Anthropic, Langfuse, DeepSeek, OpenRouter
          new Prefix("sk_live_", 10, false), // Stripe
          new Prefix("sk_test_", 10, false),
          new Prefix("rk_live_", 10, false),
          new Prefix("AKIA", 16, false), // AWS
          new Prefix("ASIA", 16, false),
          new Prefix("ghp_", 20, false), // GitHub
          new Prefix("gho_", 20, false),
          new Prefix("ghu_", 20, false),
          new Prefix("ghs_", 20, false),
          new Prefix("ghr_", 20, false),
          new Prefix("github_pat_", 20, false),
          new Prefix("glpat-", 16, false), // GitLab
          new Prefix("xoxa-", 10, false), // Slack
          new Prefix("xoxb-", 10, false),
          new Prefix("xoxe-", 10, false),
          new Prefix("xoxp-", 10, false),
          new Prefix("xoxr-", 10, false),
          new Prefix("xoxs-", 10, false),
          new Prefix("xapp-", 10, false),
          new Prefix("AIza", 30, false), // Google
          new Prefix("ya29.", 20, false),
          new Prefix("gsk_", 20, true), // Groq
          new Prefix("hf_", 20, false), // Hugging Face
          new Prefix("nvapi-", 20, false),
          new Prefix("pplx-", 20, true), // Perplexity
          new Prefix("r8_", 20, true), // Replicate
          new Prefix("xai-", 20, true),
          new Prefix("npm_", 20, false));

  private static final Prefix[][] BY_FIRST = byFirst();
  private static final String BEARER = "bearer";
  private static final int MIN_BEARER = 8;

  private static Prefix[][] byFirst() {
    Prefix[][] byFirst = new Prefix[128][];
    for (char c = 0; c < byFirst.length; c++) {
      List<Prefix> begins = new ArrayList<>();
      for (Prefix prefix : ALL) {
        if (prefix.text.charAt(0) == c) {
          begins.add(prefix);
        }
      }
      byFirst[c] = begins.toArray(Prefix[]::new);
    }
    return byFirst;
  }

  @Override
  public void find(String text, Findings to) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 128) {
        continue;
      }
      boolean bearer = (c == 'B' || c == 'b') && text.regionMatches(true, i, BEARER, 0, 6);
      if ((bearer || BY_FIRST[c].length > 0) && Chars.isWordStart(text, i)) {
        i = Math.max(i, (bearer ? bearer(text, i, to) : key(text, i, c, to)) - 1);
      }
    }
  }

  /** The end of what was looked at. */
  private static int key(String text, int at, char first, Findings to) {
    for (Prefix prefix : BY_FIRST[first]) {
      if (text.startsWith(prefix.text, at)) {
        int from = at + prefix.text.length();
        int end = Chars.tokenEnd(text, from);
        boolean cut = end == text.length(); // of a key that the capture bound cut, a part is told
        if ((end - from >= prefix.minRest || (cut && end - from >= prefix.minRest / 2))
            && (!prefix.digit || hasDigit(text, from, end))) {
          to.add(at, end, MASK);
          return end;
        }
      }
    }
    return at;
  }

  private static int bearer(String text, int at, Findings to) {
    int from = at + BEARER.length();
    int begin = from;
    while (begin < text.length() && isGap(text.charAt(begin))) {
      begin++;
    }
    if (text.startsWith("%20", begin)) {
      begin += 3;
    }
    int end = begin;
    while (end < text.length() && isBearer(text.charAt(end))) {
      end++;
    }
    // A word may follow as well, as in "bearer of news": keys are longer, or hold a digit.
    boolean secret = end - begin >= 20 || (end - begin >= MIN_BEARER && hasDigit(text, begin, end));
    if (begin > from && secret) {
      to.add(begin, end, MASK);
    }
    return end;
  }

  private static boolean isGap(char c) {
    return c == ' ' || c == '\t' || c == '+' || c == ':';
  }

  /** RFC 6750: token68, and the escape before JSON's slash. */
  private static boolean isBearer(char c) {
    return Chars.isToken(c) || "._~+/=\\".indexOf(c) >= 0;
  }

  private static boolean hasDigit(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (Chars.isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
