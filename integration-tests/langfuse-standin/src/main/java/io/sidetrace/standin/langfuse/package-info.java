/** A stand-in for Langfuse's OTLP endpoint that is stricter than Langfuse. */
@NullMarked
package io.sidetrace.standin.langfuse;

import org.jspecify.annotations.NullMarked;
