/** Captures LLM calls made with {@code java.net.http.HttpClient}. */
@NullMarked
package io.sidetrace.instrumentation.jdkhttpclient;

import org.jspecify.annotations.NullMarked;
