/** Ollama's own API; its {@code /v1} speaks OpenAI's protocols. */
@NullMarked
package io.sidetrace.llm.ollama;

import org.jspecify.annotations.NullMarked;
