/** Captures LLM calls made with Reactor Netty, and with it Spring's {@code WebClient}. */
@NullMarked
package io.sidetrace.instrumentation.reactornetty;

import org.jspecify.annotations.NullMarked;
