/** Framing beneath the providers: content encodings, SSE, NDJSON, AWS event streams. */
@NullMarked
package io.sidetrace.llm.wire;

import org.jspecify.annotations.NullMarked;
