/**
 * A chat service as its owner would write it. It knows nothing of tracing: what its traces show,
 * the agent found out by itself.
 */
@NullMarked
package io.sidetrace.demo;

import org.jspecify.annotations.NullMarked;
