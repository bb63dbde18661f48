/** Netty 4.1 and 4.2: requests as its HTTP codecs see them, whichever framework lies above. */
@NullMarked
package io.sidetrace.instrumentation.netty;

import org.jspecify.annotations.NullMarked;
