/** The agent's own few lines on stderr. */
@NullMarked
package io.sidetrace.agent.log;

import org.jspecify.annotations.NullMarked;
