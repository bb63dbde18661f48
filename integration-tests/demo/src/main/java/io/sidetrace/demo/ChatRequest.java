package io.sidetrace.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user of the chat service sends.
 *
 * @param model null: the service's own choice
 */
public record ChatRequest(@Nullable String model, List<Message> messages) {

  /**
   * One turn of the conversation. {@code role}: {@code system}, {@code user}, {@code assistant}.
   */
  public record Message(String role, String content) {}
}
