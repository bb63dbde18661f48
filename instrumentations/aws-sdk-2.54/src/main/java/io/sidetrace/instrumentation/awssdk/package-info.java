/** Captures LLM calls made with the asynchronous HTTP clients of the AWS SDK 2. */
@NullMarked
package io.sidetrace.instrumentation.awssdk;

import org.jspecify.annotations.NullMarked;
