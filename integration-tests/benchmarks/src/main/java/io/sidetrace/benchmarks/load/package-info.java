/** Sends requests and times them. */
@NullMarked
package io.sidetrace.benchmarks.load;

import org.jspecify.annotations.NullMarked;
