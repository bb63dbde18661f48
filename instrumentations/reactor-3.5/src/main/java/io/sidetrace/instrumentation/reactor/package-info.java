/** Reactor: publishOn keeps the context of who subscribed. */
@NullMarked
package io.sidetrace.instrumentation.reactor;

import org.jspecify.annotations.NullMarked;
