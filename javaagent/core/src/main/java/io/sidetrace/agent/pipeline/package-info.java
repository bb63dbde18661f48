/**
 * Takes finished events from application threads to the transport, and counts what becomes of them.
 */
@NullMarked
package io.sidetrace.agent.pipeline;

import org.jspecify.annotations.NullMarked;
