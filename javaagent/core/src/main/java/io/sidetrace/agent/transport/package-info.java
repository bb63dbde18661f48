/** Takes encoded frames out of the process, to the spool or to Redis. */
@NullMarked
package io.sidetrace.agent.transport;

import org.jspecify.annotations.NullMarked;
