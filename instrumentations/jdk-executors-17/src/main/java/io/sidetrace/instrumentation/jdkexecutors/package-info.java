/** The JDK's executors: carries the context from who submits a task to the thread that runs it. */
@NullMarked
package io.sidetrace.instrumentation.jdkexecutors;

import org.jspecify.annotations.NullMarked;
