/** The commands: a class each. */
@NullMarked
package io.sidetrace.daemon.cli;

import org.jspecify.annotations.NullMarked;
