/** Captures LLM calls made with {@code java.net.HttpURLConnection}. */
@NullMarked
package io.sidetrace.instrumentation.httpurlconnection;

import org.jspecify.annotations.NullMarked;
