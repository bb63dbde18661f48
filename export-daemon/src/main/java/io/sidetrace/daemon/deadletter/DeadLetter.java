package io.sidetrace.daemon.deadletter;

import io.sidetrace.event.Slice;
import java.time.Instant;

/**
 * Bytes that could not be exported.
 *
 * @param first when the daemon that gave up had read them
 * @param time when it gave up
 * @param attempts requests that they were in
 * @param origin where they came from, or which lane refused them
 * @param frame a whole frame, or what was found in its place
 */
public record DeadLetter(
    Instant first, Instant time, int attempts, String origin, String reason, Slice frame) {}
