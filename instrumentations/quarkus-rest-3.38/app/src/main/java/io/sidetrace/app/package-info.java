/** An application of Quarkus for a test. */
@NullMarked
package io.sidetrace.app;

import org.jspecify.annotations.NullMarked;
