/** Decides on events by the trace they belong to, as far as it is known. Pure: it holds nothing. */
@NullMarked
package io.sidetrace.daemon.shape.trace;

import org.jspecify.annotations.NullMarked;
