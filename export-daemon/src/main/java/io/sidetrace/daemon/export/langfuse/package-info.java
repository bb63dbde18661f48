/** Observations as OTLP spans with Langfuse's attributes. */
@NullMarked
package io.sidetrace.daemon.export.langfuse;

import org.jspecify.annotations.NullMarked;
