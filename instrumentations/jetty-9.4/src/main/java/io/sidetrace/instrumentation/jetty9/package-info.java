/** Jetty 9.4 to 11: requests, as servlets and as its own handlers serve them. */
@NullMarked
package io.sidetrace.instrumentation.jetty9;

import org.jspecify.annotations.NullMarked;
