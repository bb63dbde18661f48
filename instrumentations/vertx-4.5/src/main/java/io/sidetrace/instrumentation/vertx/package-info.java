/** Vert.x 4.5 and 5: the request's context on every callback, and the router's route. */
@NullMarked
package io.sidetrace.instrumentation.vertx;

import org.jspecify.annotations.NullMarked;
