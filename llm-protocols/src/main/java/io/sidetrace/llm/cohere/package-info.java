/** Cohere's own API, and the rerank endpoints that others shaped after it. */
@NullMarked
package io.sidetrace.llm.cohere;

import org.jspecify.annotations.NullMarked;
