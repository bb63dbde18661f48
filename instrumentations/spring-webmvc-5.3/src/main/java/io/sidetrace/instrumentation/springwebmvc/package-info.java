/** Spring MVC 5.3 to 7: controllers and routes inside the root that the server began. */
@NullMarked
package io.sidetrace.instrumentation.springwebmvc;

import org.jspecify.annotations.NullMarked;
