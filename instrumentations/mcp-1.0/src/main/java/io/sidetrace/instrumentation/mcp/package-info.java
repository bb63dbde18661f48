/** The MCP Java SDK's client: a span for each tool called, resource read and prompt fetched. */
@NullMarked
package io.sidetrace.instrumentation.mcp;

import org.jspecify.annotations.NullMarked;
