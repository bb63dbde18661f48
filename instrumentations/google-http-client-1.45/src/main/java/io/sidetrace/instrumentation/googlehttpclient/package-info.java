/** Captures LLM calls made with Google's HTTP client. */
@NullMarked
package io.sidetrace.instrumentation.googlehttpclient;

import org.jspecify.annotations.NullMarked;
