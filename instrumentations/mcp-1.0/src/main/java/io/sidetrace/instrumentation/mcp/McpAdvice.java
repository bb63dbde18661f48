package io.sidetrace.instrumentation.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.sidetrace.agent.api.Span;
import org.jspecify.annotations.Nullable;

/** Around what the blocking client asks a server for. */
public final class McpAdvice {

  private McpAdvice() {}

  public static @Nullable Span enterTool(Object client, CallToolRequest request) {
    return Span.begin(request.name(), "tool");
  }

  public static @Nullable Span enterResource(Object client, ReadResourceRequest request) {
    return Span.begin(request.uri(), "retriever");
  }

  public static @Nullable Span enterPrompt(Object client, GetPromptRequest request) {
    return Span.begin(request.name(), "span");
  }

  public static void exit(
      @Nullable Span span, @Nullable Object result, @Nullable Throwable thrown) {
    if (span != null) {
      span.end(thrown != null ? thrown : failure(result));
    }
  }

  /** A tool that failed says so in its result. */
  private static @Nullable Throwable failure(@Nullable Object result) {
    return result instanceof CallToolResult tool && Boolean.TRUE.equals(tool.isError())
        ? new ToolFailed()
        : null;
  }

  /** Without a stack, which would be ours. */
  private static final class ToolFailed extends Exception {
    ToolFailed() {
      super("the tool's result is an error", null, false, false);
    }
  }
}
