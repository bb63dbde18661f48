/** Guava: futures and listening executors. */
@NullMarked
package io.sidetrace.instrumentation.guava;

import org.jspecify.annotations.NullMarked;
