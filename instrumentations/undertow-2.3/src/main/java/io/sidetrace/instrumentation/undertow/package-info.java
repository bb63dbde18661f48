/** Undertow: requests as its core serves them, with or without servlets above. */
@NullMarked
package io.sidetrace.instrumentation.undertow;

import org.jspecify.annotations.NullMarked;
