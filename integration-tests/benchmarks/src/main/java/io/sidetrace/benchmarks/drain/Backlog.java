package io.sidetrace.benchmarks.drain;

/**
 * What was put where a daemon finds it.
 *
 * @param bytes of the frames
 */
record Backlog(long events, long bytes) {}
