/** Spring WebFlux 6 and 7: routes and exceptions inside the root that the server began. */
@NullMarked
package io.sidetrace.instrumentation.springwebflux;

import org.jspecify.annotations.NullMarked;
