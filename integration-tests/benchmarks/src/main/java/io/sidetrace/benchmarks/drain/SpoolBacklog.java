package io.sidetrace.benchmarks.drain;

import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A spool as an agent left it that wrote for hours without a daemon. */
final class SpoolBacklog {
  private static final int SEGMENT_BYTES = 8 << 20;

  private SpoolBacklog() {}

  /**
   * Fills a folder.
   *
   * @param folder a name that begins with a dot hides it from daemons until it is renamed
   * @param events at least so many, in a row of {@code mix}
   */
  static Backlog fill(Path folder, EventMix mix, long events) throws IOException {
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(Spool.LOCK));
    EventMix.Row row = mix.row();
    FrameEncoder encoder = new FrameEncoder();
    long written = 0;
    long bytes = 0;
    for (long segment = 0; written < events; segment++) {
      while (encoder.size() < SEGMENT_BYTES - (1 << 20) && written < events) {
        for (Frame frame : row.next()) {
          encoder.append(frame, written++);
        }
      }
      bytes += encoder.size();
      write(folder.resolve(Spool.segmentName(segment) + Spool.CLOSED), encoder.bytes());
      encoder.clear(SEGMENT_BYTES);
    }
    return new Backlog(written, bytes);
  }

  private static void write(Path file, Slice frames) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(Spool.MAGIC);
      out.write(frames.array(), frames.offset(), frames.length());
    }
  }
}
