/** JBoss threads: the pool of Quarkus, WildFly and XNIO. */
@NullMarked
package io.sidetrace.instrumentation.jbossthreads;

import org.jspecify.annotations.NullMarked;
