/** Trace trees in a terminal. */
@NullMarked
package io.sidetrace.daemon.export.console;

import org.jspecify.annotations.NullMarked;
