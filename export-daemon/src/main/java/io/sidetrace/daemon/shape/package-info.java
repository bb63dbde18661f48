/** Turns an event and its bytes into an observation, and applies the rules to it. */
@NullMarked
package io.sidetrace.daemon.shape;

import org.jspecify.annotations.NullMarked;
