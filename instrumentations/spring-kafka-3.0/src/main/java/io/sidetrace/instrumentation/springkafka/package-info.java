/** Spring for Apache Kafka 3 and 4: consumed records as roots. */
@NullMarked
package io.sidetrace.instrumentation.springkafka;

import org.jspecify.annotations.NullMarked;
