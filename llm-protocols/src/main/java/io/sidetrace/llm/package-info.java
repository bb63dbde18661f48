/**
 * What LLM providers say over HTTP: the bytes of an exchange become a generation. Pure functions.
 */
@NullMarked
package io.sidetrace.llm;

import org.jspecify.annotations.NullMarked;
