/** What the tests of an instrumentation inherit. */
@NullMarked
package io.sidetrace.instrumentation.testing;

import org.jspecify.annotations.NullMarked;
