/** Realistic calls and the events they become. */
@NullMarked
package io.sidetrace.benchmarks.corpus;

import org.jspecify.annotations.NullMarked;
