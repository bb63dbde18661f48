/** Captures LLM calls made with Apache HttpClient 5. */
@NullMarked
package io.sidetrace.instrumentation.apachehttpclient5;

import org.jspecify.annotations.NullMarked;
