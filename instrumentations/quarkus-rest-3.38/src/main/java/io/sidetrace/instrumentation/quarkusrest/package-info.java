/**
 * Quarkus REST: the route inside the root that Netty's instrumentation begins, and the context on
 * every thread a request goes on.
 */
@NullMarked
package io.sidetrace.instrumentation.quarkusrest;

import org.jspecify.annotations.NullMarked;
