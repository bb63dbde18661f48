package io.sidetrace.llm;

import org.jspecify.annotations.Nullable;

/**
 * What the provider said went wrong.
 *
 * @param type the provider's type, status or code, null when it names none
 * @param message the provider's words
 */
public record Failure(@Nullable String type, String message) {}
