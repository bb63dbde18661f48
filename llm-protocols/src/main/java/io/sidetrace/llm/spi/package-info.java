/** What a provider's decoder is written with: a cursor over JSON and a draft to fill. */
@NullMarked
package io.sidetrace.llm.spi;

import org.jspecify.annotations.NullMarked;
