/**
 * Spring 5.3 to 7: scheduled methods as roots, and the context of tasks with a thread of their own.
 */
@NullMarked
package io.sidetrace.instrumentation.springscheduling;

import org.jspecify.annotations.NullMarked;
