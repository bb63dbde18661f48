package io.sidetrace.agent.transport;

import io.sidetrace.event.Spool;
import java.io.File;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes lie under a spool root: what we wrote since the last look, plus what all processes
 * had there then. Directories of other users that we can't read count as empty.
 *
 * <p>Looking costs a stat per file, so it is done once a minute, and once a second while the spool
 * seems full, but never takes more than a twentieth of the time.
 */
final class SpoolUsage {
  private static final int BLOCK = 4096;
  private static final long CALM_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final File root;
  private final long maxBytes;
  private long bytes;
  private int segments;
  private long lookedAt;
  private long lookTook;

  SpoolUsage(File root, long maxBytes) {
    this.root = root;
    this.maxBytes = maxBytes;
    look();
  }

  /** Whether this many more bytes may be written. */
  boolean allows(long more) {
    long since = System.nanoTime() - lookedAt;
    long wait = bytes + more > maxBytes ? FULL_NANOS : CALM_NANOS;
    if (since > Math.max(wait, 20 * lookTook)) {
      look();
    }
    return bytes + more <= maxBytes;
  }

  void add(long written) {
    bytes += written;
  }

  /** For people, as it is now: {@code 512 MiB in 64 segments under /var/spool/x}. */
  String describe() {
    look();
    String size = bytes >= 10 << 20 ? (bytes >> 20) + " MiB" : (bytes >> 10) + " KiB";
    return size + " in " + segments + " segments under " + root;
  }

  private void look() {
    long start = System.nanoTime();
    bytes = 0;
    segments = 0;
    File[] directories = root.listFiles();
    for (File directory : directories == null ? new File[0] : directories) {
      File[] files = directory.listFiles();
      for (File file : files == null ? new File[0] : files) {
        // In whole blocks, as they lie on disk: many small segments fill it too.
        bytes += (file.length() + BLOCK - 1) / BLOCK * BLOCK;
        if (file.getName().endsWith(Spool.CLOSED) || file.getName().endsWith(Spool.OPEN)) {
          segments++;
        }
      }
    }
    lookedAt = System.nanoTime();
    lookTook = lookedAt - start;
  }
}
