package io.sidetrace.benchmarks.drain;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sidetrace.event.EventStream;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;

/** A stream as agents leave it: entries of up to 256 KiB of frames. */
final class RedisBacklog {
  private static final int ENTRY_BYTES = 256 << 10;

  private RedisBacklog() {}

  /**
   * Fills the stream.
   *
   * @param events at least so many, in a row of {@code mix}
   */
  static Backlog fill(URI redis, EventMix mix, long events) throws IOException {
    EventMix.Row row = mix.row();
    FrameEncoder encoder = new FrameEncoder();
    long written = 0;
    long bytes = 0;
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.getPort())) {
      socket.setTcpNoDelay(true); // else each entry's last bytes wait for an ACK, 40 ms
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
      while (written < events) {
        while (encoder.size() < ENTRY_BYTES && written < events) {
          for (Frame frame : row.next()) {
            encoder.append(frame, written++);
          }
        }
        bytes += encoder.size();
        add(encoder.bytes(), out, in);
        encoder.clear(ENTRY_BYTES * 2);
      }
    }
    return new Backlog(written, bytes);
  }

  private static void add(Slice frames, OutputStream out, BufferedReader in) throws IOException {
    out.write("*5\r\n".getBytes(US_ASCII));
    for (String argument : new String[] {"XADD", EventStream.KEY, "*", EventStream.FRAMES}) {
      out.write(("$" + argument.length() + "\r\n" + argument + "\r\n").getBytes(US_ASCII));
    }
    out.write(("$" + frames.length() + "\r\n").getBytes(US_ASCII));
    out.write(frames.array(), frames.offset(), frames.length());
    out.write("\r\n".getBytes(US_ASCII));
    out.flush();
    String length = in.readLine();
    if (length == null || !length.startsWith("$")) {
      throw new IOException("Redis answered " + length + " to XADD");
    }
    in.readLine();
  }
}
