/** Batches observations, sends them, and sorts the answers. */
@NullMarked
package io.sidetrace.daemon.export;

import org.jspecify.annotations.NullMarked;
