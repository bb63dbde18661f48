/** A chat service that never blocks, as its owner would write it. It knows nothing of tracing. */
@NullMarked
package io.sidetrace.demo;

import org.jspecify.annotations.NullMarked;
