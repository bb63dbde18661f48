/** Kotlin coroutines: a coroutine runs in the context of whoever started it. */
@NullMarked
package io.sidetrace.instrumentation.kotlincoroutines;

import org.jspecify.annotations.NullMarked;
