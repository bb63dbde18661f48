package io.sidetrace.llm.spi;

import org.jspecify.annotations.Nullable;

/**
 * Messages with what stands beside them in a request, put together as Langfuse shows chats: the
 * system prompt as first message, tools beside the messages. All parts are JSON texts.
 */
public final class Prompt {
  public @Nullable String system;
  public @Nullable String messages;
  public @Nullable String tools;

  /** Null when there are no messages. */
  public @Nullable String json() {
    String all = messages;
    if (all == null) {
      return null;
    }
    if (system != null && all.startsWith("[")) {
      String first = "[{\"role\":\"system\",\"content\":" + system + "}";
      boolean none = all.substring(1, Math.min(all.length(), 16)).strip().startsWith("]");
      all = first + (none ? "" : ",") + all.substring(1);
    }
    if (tools == null) {
      return all;
    }
    return "{\"messages\":" + all + ",\"tools\":" + tools + "}";
  }
}
