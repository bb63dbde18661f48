/** What agents cost an application: measurements of the whole, side by side. */
@NullMarked
package io.sidetrace.benchmarks;

import org.jspecify.annotations.NullMarked;
