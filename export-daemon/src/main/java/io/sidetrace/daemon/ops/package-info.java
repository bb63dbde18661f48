/** What the daemon tells about itself: ledger, metrics, health. */
@NullMarked
package io.sidetrace.daemon.ops;

import org.jspecify.annotations.NullMarked;
