/** The table of what is seen with which library: its columns, its rows, and who writes it down. */
@NullMarked
package io.sidetrace.instrumentation.testing.coverage;

import org.jspecify.annotations.NullMarked;
