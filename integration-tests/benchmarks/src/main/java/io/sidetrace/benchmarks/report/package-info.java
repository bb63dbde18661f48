/** Puts figures into tables. */
@NullMarked
package io.sidetrace.benchmarks.report;

import org.jspecify.annotations.NullMarked;
