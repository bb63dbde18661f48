package io.sidetrace.demo;

import java.util.List;

/** What the model answers, as far as the service wants to know. */
public record Completion(String model, List<Choice> choices) {

  /** The only one. */
  public record Choice(Message message) {}

  /** The model's. */
  public record Message(String content) {}
}
