/** RxJava 3: work that a scheduler on an executor of the application's own runs. */
@NullMarked
package io.sidetrace.instrumentation.rxjava;

import org.jspecify.annotations.NullMarked;
