package io.sidetrace.demo;

import java.util.List;

/** What a user of the chat service sends. */
public record ChatRequest(String model, List<Message> messages) {

  /**
   * One turn of the conversation. {@code role}: {@code system}, {@code user}, {@code assistant}.
   */
  public record Message(String role, String content) {}
}
