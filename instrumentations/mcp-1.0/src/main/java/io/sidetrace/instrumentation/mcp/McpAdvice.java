package io.sidetrace.instrumentation.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.sidetrace.agent.api.Context;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Around what the client asks a server for: what it returns is watched where it is subscribed. */
public final class McpAdvice {

  private McpAdvice() {}

  /**
   * @param caller where the client was called; null outside a trace
   */
  record Asked(String name, String type, @Nullable Context caller) {}

  public static Asked enterTool(Object client, CallToolRequest request) {
    return new Asked(request.name(), "tool", Context.current());
  }

  public static Asked enterResource(Object client, ReadResourceRequest request) {
    return new Asked(request.uri(), "retriever", Context.current());
  }

  public static Asked enterPrompt(Object client, GetPromptRequest request) {
    return new Asked(request.name(), "span", Context.current());
  }

  public static @Nullable Mono<?> exit(
      @Nullable Asked asked, @Nullable Mono<?> answer, @Nullable Throwable thrown) {
    return asked == null || answer == null ? answer : new SpanMono<>(answer, asked);
  }
}
