/** The JDK's com.sun.net.httpserver: the root of each exchange. */
@NullMarked
package io.sidetrace.instrumentation.jdkhttpserver;

import org.jspecify.annotations.NullMarked;
