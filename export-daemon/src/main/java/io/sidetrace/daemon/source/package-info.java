/** Where events come from, and where they are removed once settled. */
@NullMarked
package io.sidetrace.daemon.source;

import org.jspecify.annotations.NullMarked;
