/** Captures LLM calls made with Apache HttpClient 4. */
@NullMarked
package io.sidetrace.instrumentation.apachehttpclient4;

import org.jspecify.annotations.NullMarked;
