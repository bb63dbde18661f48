/** Ktor 3: the route inside the root that the engine's instrumentation begins. */
@NullMarked
package io.sidetrace.instrumentation.ktor;

import org.jspecify.annotations.NullMarked;
