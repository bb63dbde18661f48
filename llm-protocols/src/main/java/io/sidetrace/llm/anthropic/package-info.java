/** Anthropic's Messages, at Anthropic itself, on Vertex AI and inside Bedrock. */
@NullMarked
package io.sidetrace.llm.anthropic;

import org.jspecify.annotations.NullMarked;
