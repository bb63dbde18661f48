package io.sidetrace.harness;

import java.util.List;

/**
 * One request to the demo. Equal ones get equal answers.
 *
 * @param question makes the text of the user's message
 */
public record Ask(Kind kind, int question) {

  /** The demo's endpoints that call a model. */
  public enum Kind {
    PLAIN("/v1/chat/completions", "ChatController.complete"),
    STREAM("/v1/chat/stream", "ChatController.stream"),
    RELAY("/v1/relay", "ChatController.relay"),
    /** Asks a model that the stand-in answers 429 for; no part of a load. */
    FAILING_MODEL("/v1/chat/completions", "ChatController.complete");

    public final String path;
    public final String controller;

    Kind(String path, String controller) {
      this.path = path;
      this.controller = controller;
    }
  }

  private static final List<Kind> WELL = List.of(Kind.PLAIN, Kind.STREAM, Kind.RELAY);

  /** The n-th request of a load: the kinds that go well in turn, in {@code questions} texts. */
  public static Ask nth(long n, int questions) {
    return new Ask(WELL.get((int) (n % WELL.size())), (int) (n / WELL.size() % questions));
  }

  /** JSON that the demo's endpoints and OpenAI's both understand. */
  public String body() {
    return """
        {"model":"%s","messages":[\
        {"role":"system","content":"You name the emotion in a sentence."},\
        {"role":"user","content":"Question %d: wie fühlt sich das an, 你好?"}]}"""
        .formatted(kind == Kind.FAILING_MODEL ? "fail-429" : "qwen-emotion", question);
  }
}
