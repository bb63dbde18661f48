/** Finds what must not leave in texts, and replaces it. */
@NullMarked
package io.sidetrace.daemon.shape.mask;

import org.jspecify.annotations.NullMarked;
