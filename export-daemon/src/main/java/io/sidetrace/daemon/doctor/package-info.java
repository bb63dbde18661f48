/** Looks at all that the daemon needs, and says what to mend. Changes nothing. */
@NullMarked
package io.sidetrace.daemon.doctor;

import org.jspecify.annotations.NullMarked;
