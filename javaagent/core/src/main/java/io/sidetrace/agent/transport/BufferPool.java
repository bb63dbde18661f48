package io.sidetrace.agent.transport;

import io.sidetrace.event.Slice;
import java.util.ArrayDeque;
import java.util.Arrays;

/**
 * Copies of bundles that are under way. Most drains bring one bundle that is answered before the
 * next drain, so one array serves them all. Not thread-safe.
 */
final class BufferPool {
  private static final int KEPT = 16;

  private final ArrayDeque<byte[]> free = new ArrayDeque<>();

  Slice copy(Slice bytes) {
    int end = bytes.offset() + bytes.length();
    if (bytes.length() > Transport.BUNDLE_BYTES) {
      return Slice.of(Arrays.copyOfRange(bytes.array(), bytes.offset(), end));
    }
    byte[] array = free.isEmpty() ? new byte[Transport.BUNDLE_BYTES] : free.pop();
    System.arraycopy(bytes.array(), bytes.offset(), array, 0, bytes.length());
    return new Slice(array, 0, bytes.length());
  }

  /** Only for a copy that nobody else can hold any more. */
  void release(Slice copy) {
    if (copy.array().length == Transport.BUNDLE_BYTES && free.size() < KEPT) {
      free.push(copy.array());
    }
  }
}
