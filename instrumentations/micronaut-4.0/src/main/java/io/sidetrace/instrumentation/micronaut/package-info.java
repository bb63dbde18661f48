/** Micronaut 4: the route inside the root that Netty's instrumentation begins. */
@NullMarked
package io.sidetrace.instrumentation.micronaut;

import org.jspecify.annotations.NullMarked;
