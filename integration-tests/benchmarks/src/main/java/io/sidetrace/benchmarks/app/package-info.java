/** The application under test, its surroundings, and what can be read of it from outside. */
@NullMarked
package io.sidetrace.benchmarks.app;

import org.jspecify.annotations.NullMarked;
