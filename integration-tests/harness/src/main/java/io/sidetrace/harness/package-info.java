/** Starts, loads, breaks and ends the real programs that tests and benchmarks are about. */
@NullMarked
package io.sidetrace.harness;

import org.jspecify.annotations.NullMarked;
