/** Captures LLM calls made with the HTTP clients of the AWS SDK 2 that are its own. */
@NullMarked
package io.sidetrace.instrumentation.awssdk;

import org.jspecify.annotations.NullMarked;
