/** Jetty 12: requests as its core serves them, whichever API lies above. */
@NullMarked
package io.sidetrace.instrumentation.jetty;

import org.jspecify.annotations.NullMarked;
