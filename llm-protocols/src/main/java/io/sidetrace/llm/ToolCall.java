package io.sidetrace.llm;

import org.jspecify.annotations.Nullable;

/**
 * A call the model asked for.
 *
 * @param id the provider's id, null when it gives none
 * @param name name of the tool or function
 * @param arguments JSON text as the model wrote it; not necessarily valid, empty when it wrote none
 */
public record ToolCall(@Nullable String id, String name, String arguments) {}
