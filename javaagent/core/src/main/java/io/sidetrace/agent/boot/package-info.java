/** Puts the agent together when the JVM starts. */
@NullMarked
package io.sidetrace.agent.boot;

import org.jspecify.annotations.NullMarked;
