package io.sidetrace.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The answer to a question, always the same to the same one, so that bodies can be compared.
 *
 * @param id differs between questions, without the prefix of its endpoint
 * @param tokens the text in pieces as a model would stream them
 */
record Reply(String id, List<String> tokens, Usage usage) {

  /** Token counts as OpenAI reports them: cached are part of prompt, reasoning of completion. */
  record Usage(int prompt, int cached, int completion, int reasoning) {
    int total() {
      return prompt + completion;
    }
  }

  /** Seconds since the epoch: 2026-01-01. */
  static final long CREATED = 1_767_225_600L;

  private static final int REASONING = 4;

  /** Some outside ASCII, since bytes are cut and characters are not. */
  private static final List<String> WORDS =
      List.of(
          "trace", "span", "naïve", "model", "answers", "quietly", "世界", "token", "stream", "déjà",
          "bytes", "before", "🙂", "after", "request", "über", "context", "returns", "the", "and");

  static Reply to(Question question, int words) {
    int hash = 31 * question.text().hashCode() + question.model().hashCode();
    List<String> tokens = new ArrayList<>(words + 3);
    tokens.add("You said: ");
    tokens.add(question.text());
    tokens.add(".");
    long seed = hash;
    for (int i = 0; i < words; i++) {
      seed = seed * 6364136223846793005L + 1442695040888963407L;
      tokens.add(" " + WORDS.get((int) Long.remainderUnsigned(seed >>> 33, WORDS.size())));
    }
    int prompt = question.promptTokens();
    return new Reply(
        String.format(Locale.ROOT, "%08x%08x", hash, ~hash),
        tokens,
        new Usage(prompt, prompt / 2, tokens.size() + REASONING, REASONING));
  }

  String text() {
    return String.join("", tokens);
  }
}
