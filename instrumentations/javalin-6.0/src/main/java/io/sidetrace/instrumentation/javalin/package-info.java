/** Javalin 6 and 7: the route inside the root that Jetty's instrumentation begins. */
@NullMarked
package io.sidetrace.instrumentation.javalin;

import org.jspecify.annotations.NullMarked;
