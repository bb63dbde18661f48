/** Apache Tomcat, 10.1 and 11: the root of each request it serves. */
@NullMarked
package io.sidetrace.instrumentation.tomcat;

import org.jspecify.annotations.NullMarked;
