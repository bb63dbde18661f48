package io.sidetrace.daemon.load;

import io.sidetrace.daemon.DemoTrace;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Spool;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Fills a spool with the traces of streaming chats: {@code ROOT TRACES}, three events each. */
public final class SpoolFiller {
  private static final int SEGMENT_BYTES = 8 << 20;

  private SpoolFiller() {}

  public static void main(String[] args) throws Exception {
    int traces = Integer.parseInt(args[1]);
    Path folder = Path.of(args[0], "load-1");
    new FakeAgent(Path.of(args[0]), "load-1").close();
    FrameEncoder encoder = new FrameEncoder();
    int segment = 0;
    long bytes = 0;
    for (int trace = 0; trace < traces; trace++) {
      for (Frame frame : DemoTrace.frames(trace)) {
        encoder.append(frame, frame.event().sequence());
      }
      if (encoder.size() > SEGMENT_BYTES || trace == traces - 1) {
        Path file = folder.resolve(String.format("%010d%s", segment++, Spool.CLOSED));
        try (OutputStream out = Files.newOutputStream(file)) {
          out.write(ByteBuffer.allocate(4).putInt(0, Spool.MAGIC).array());
          out.write(encoder.bytes().array(), 0, encoder.size());
        }
        bytes += encoder.size();
        encoder.clear(SEGMENT_BYTES * 2);
      }
    }
    System.out.println(
        3 * traces + " events, " + bytes / (3L * traces) + " bytes each, " + segment + " segments");
  }
}
