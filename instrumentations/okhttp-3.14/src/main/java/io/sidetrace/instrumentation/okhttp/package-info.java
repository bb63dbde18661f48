/** Captures LLM calls made with OkHttp. */
@NullMarked
package io.sidetrace.instrumentation.okhttp;

import org.jspecify.annotations.NullMarked;
