package io.sidetrace.benchmarks.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * One kept-alive HTTP/1.1 connection to this machine, used by one thread. Knows just enough of HTTP
 * to find an answer's end, since a generator that works hard measures itself.
 */
public final class HttpConnection implements Closeable {
  private static final int TIMEOUT_MILLIS = 30_000;

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;
  private final byte[] buffer = new byte[16 << 10];
  private int position;
  private int limit;
  private long bodyBytes;
  private boolean ended;

  public HttpConnection(int port) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /**
   * Sends a request and reads its answer to the end.
   *
   * @return the status
   */
  public int exchange(byte[] request) throws IOException {
    out.write(request);
    String statusLine = line();
    if (statusLine.length() < 12) {
      throw new IOException("no status line: " + statusLine);
    }
    long length = 0;
    boolean chunked = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(header.substring(15).trim());
      } else if (header.regionMatches(true, 0, "transfer-encoding:", 0, 18)) {
        chunked = true;
      } else if (header.equalsIgnoreCase("connection: close")) {
        ended = true; // Tomcat says so with each hundredth answer
      }
    }
    bodyBytes = chunked ? chunks() : skip(length);
    return Integer.parseInt(statusLine.substring(9, 12));
  }

  /** Whether the server takes no more requests here. */
  public boolean isEnded() {
    return ended;
  }

  /** Of the last answer, without chunk sizes. */
  public long bodyBytes() {
    return bodyBytes;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private long chunks() throws IOException {
    long total = 0;
    while (true) {
      String size = line();
      int length = Integer.parseInt(size, 0, end(size), 16);
      total += skip(length);
      line();
      if (length == 0) {
        return total;
      }
    }
  }

  private static int end(String chunkSize) {
    int extension = chunkSize.indexOf(';');
    return extension < 0 ? chunkSize.length() : extension;
  }

  private String line() throws IOException {
    int scanned = 0;
    while (true) {
      for (int i = position + scanned; i < limit; i++) {
        if (buffer[i] == '\n') {
          String line = new String(buffer, position, i - 1 - position, StandardCharsets.ISO_8859_1);
          position = i + 1;
          return line;
        }
      }
      scanned = limit - position;
      fill(scanned);
    }
  }

  private long skip(long length) throws IOException {
    long left = length;
    while (left > 0) {
      if (position == limit) {
        fill(0);
      }
      int part = (int) Math.min(left, limit - position);
      position += part;
      left -= part;
    }
    return length;
  }

  /** Reads more, keeping the {@code kept} bytes before the limit. */
  private void fill(int kept) throws IOException {
    if (position > 0) {
      System.arraycopy(buffer, position, buffer, 0, kept);
      position = 0;
      limit = kept;
    }
    if (limit == buffer.length) {
      throw new IOException("a header line longer than " + buffer.length + " bytes");
    }
    int read = in.read(buffer, limit, buffer.length - limit);
    if (read < 0) {
      throw new EOFException("the application closed the connection within an answer");
    }
    limit += read;
  }
}
