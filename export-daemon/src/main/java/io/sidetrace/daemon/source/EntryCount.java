package io.sidetrace.daemon.source;

import io.lettuce.core.StreamMessage;
import java.util.List;

/**
 * How many entries to ask Redis for: as many as make {@value #BYTES} bytes, going by the last
 * answer. Agents send entries of up to 256 KiB, other producers one event each; many small ones
 * share a round trip, and few large ones do not fill the memory.
 */
final class EntryCount {
  private static final int BYTES = 2 << 20;
  private static final int FEWEST = 4;
  private static final int MOST = 512;

  private int count = 16;

  int next() {
    return count;
  }

  void saw(List<StreamMessage<String, byte[]>> entries) {
    long bytes = 0;
    for (StreamMessage<String, byte[]> entry : entries) {
      for (byte[] value : entry.getBody().values()) {
        bytes += value.length;
      }
    }
    if (bytes > 0) {
      count = (int) Math.max(FEWEST, Math.min(MOST, BYTES * (long) entries.size() / bytes));
    }
  }
}
