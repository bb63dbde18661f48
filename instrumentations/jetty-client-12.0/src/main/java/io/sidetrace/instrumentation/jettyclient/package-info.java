/** Jetty 12's HTTP client. */
@NullMarked
package io.sidetrace.instrumentation.jettyclient;

import org.jspecify.annotations.NullMarked;
