/** A backlog, and daemons that drain it. */
@NullMarked
package io.sidetrace.benchmarks.drain;

import org.jspecify.annotations.NullMarked;
