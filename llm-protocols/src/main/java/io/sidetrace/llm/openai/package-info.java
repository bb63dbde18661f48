/** OpenAI's protocols, as OpenAI and the many that imitate it speak them. */
@NullMarked
package io.sidetrace.llm.openai;

import org.jspecify.annotations.NullMarked;
