/** AsyncHttpClient 2.12 and 3.0, on Netty. */
@NullMarked
package io.sidetrace.instrumentation.asynchttpclient;

import org.jspecify.annotations.NullMarked;
