/** Keeps on disk what could not be exported, with the reason. */
@NullMarked
package io.sidetrace.daemon.deadletter;

import org.jspecify.annotations.NullMarked;
