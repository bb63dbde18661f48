/** Helidon 4: requests as its own server serves them, on virtual threads. */
@NullMarked
package io.sidetrace.instrumentation.helidon;

import org.jspecify.annotations.NullMarked;
