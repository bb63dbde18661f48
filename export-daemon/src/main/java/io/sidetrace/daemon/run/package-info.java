/** Puts the daemon together, starts and stops it; the only package that knows all others. */
@NullMarked
package io.sidetrace.daemon.run;

import org.jspecify.annotations.NullMarked;
