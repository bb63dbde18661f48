/** One JSON object per observation and line. */
@NullMarked
package io.sidetrace.daemon.export.jsonl;

import org.jspecify.annotations.NullMarked;
