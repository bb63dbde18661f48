package io.sidetrace.daemon.source;

/**
 * What lies in a source at a moment.
 *
 * @param unit what is counted: segments or entries
 * @param waiting how many nobody has read yet, as far as the source can tell
 * @param claimed how many daemons have read and not settled; 0 where the source does not know
 * @param bytes of all of them; -1 if unknown
 * @param oldestMillis when the oldest was written, since the epoch; 0 if nothing is there
 * @param shared true if other daemons read from it as well
 */
public record Backlog(
    String unit, long waiting, long claimed, long bytes, long oldestMillis, boolean shared) {}
