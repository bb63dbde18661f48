/** Spring for RabbitMQ 2.4 to 4: consumed messages as roots. */
@NullMarked
package io.sidetrace.instrumentation.springrabbit;

import org.jspecify.annotations.NullMarked;
