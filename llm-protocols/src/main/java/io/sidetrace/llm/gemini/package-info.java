/** Google's Gemini, at AI Studio and on Vertex AI. */
@NullMarked
package io.sidetrace.llm.gemini;

import org.jspecify.annotations.NullMarked;
