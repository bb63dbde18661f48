/**
 * Servers that stand in for the real ones: the same on the wire, deterministic in what they say.
 */
@NullMarked
package io.sidetrace.standin;

import org.jspecify.annotations.NullMarked;
