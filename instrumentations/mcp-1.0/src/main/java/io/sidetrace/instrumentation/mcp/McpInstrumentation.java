package io.sidetrace.instrumentation.mcp;

import io.sidetrace.agent.weave.Instrumentation;
import io.sidetrace.agent.weave.Rule;
import java.util.List;

/**
 * The asynchronous client of the MCP Java SDK, whatever its transport. The blocking one calls it
 * and waits.
 */
public final class McpInstrumentation implements Instrumentation {
  private static final String SCHEMA = "io.modelcontextprotocol.spec.McpSchema$";

  @Override
  public String name() {
    return "mcp";
  }

  @Override
  public List<Rule> rules() {
    return List.of(
        client("callTool", "CallToolRequest", "enterTool"),
        client("readResource", "ReadResourceRequest", "enterResource"),
        client("getPrompt", "GetPromptRequest", "enterPrompt"));
  }

  private static Rule client(String method, String request, String enter) {
    return Rule.in("io.modelcontextprotocol.client.McpAsyncClient")
        .method(method, SCHEMA + request)
        .advice("io.sidetrace.instrumentation.mcp.McpAdvice")
        .enter(enter)
        .exit("exit");
  }
}
