package io.sidetrace.daemon.deadletter;

import io.sidetrace.event.Slice;
import java.time.Instant;

/**
 * Bytes that could not be exported.
 *
 * @param origin where they came from, or which lane refused them
 * @param frame a whole frame, or what was found in its place
 */
public record DeadLetter(Instant time, String origin, String reason, Slice frame) {}
