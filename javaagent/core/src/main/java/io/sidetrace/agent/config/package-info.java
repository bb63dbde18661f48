/** What users can set, and where they set it. */
@NullMarked
package io.sidetrace.agent.config;

import org.jspecify.annotations.NullMarked;
