/** Single steps, measured with JMH. {@code ./run micro} runs them, a pattern behind it chooses. */
@NullMarked
package io.sidetrace.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
