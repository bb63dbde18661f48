/** The HTTP client of Vert.x 4.5 and 5, and with it its web client. */
@NullMarked
package io.sidetrace.instrumentation.vertxclient;

import org.jspecify.annotations.NullMarked;
