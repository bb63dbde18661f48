/** Mutiny 2 and 3: items that change threads. */
@NullMarked
package io.sidetrace.instrumentation.mutiny;

import org.jspecify.annotations.NullMarked;
