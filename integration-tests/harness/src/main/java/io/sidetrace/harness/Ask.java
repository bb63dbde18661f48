package io.sidetrace.harness;

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
    RELAY("/v1/relay", "ChatController.relay");

    public final String path;
    public final String controller;

    Kind(String path, String controller) {
      this.path = path;
      this.controller = controller;
    }
  }

  private static final Kind[] KINDS = Kind.values();

  /** The n-th request of a load: all kinds in turn, {@code questions} different texts. */
  public static Ask nth(long n, int questions) {
    return new Ask(
        KINDS[(int) (n % KINDS.length)], (int) (n / KINDS.length % Math.max(1, questions)));
  }

  /** JSON that the demo's endpoints and OpenAI's both understand. */
  public String body() {
    return """
        {"model":"qwen-emotion","messages":[\
        {"role":"system","content":"You name the emotion in a sentence."},\
        {"role":"user","content":"Question %d: wie fühlt sich das an, 你好?"}]}"""
        .formatted(question);
  }
}
