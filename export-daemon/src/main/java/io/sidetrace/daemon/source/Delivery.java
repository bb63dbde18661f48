package io.sidetrace.daemon.source;

import io.sidetrace.event.Slice;

/**
 * One event as it lies in its source, not yet parsed.
 *
 * @param frame all of it, for a dead letter; the other slices may lie within
 * @param event JSON
 */
public record Delivery(Slice frame, Slice event, Slice request, Slice response, Receipt receipt) {}
