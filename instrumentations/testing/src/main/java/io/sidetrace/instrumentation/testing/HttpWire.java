package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A connection to a server under test that sees every byte of the answer: a client library would
 * hide differences.
 */
final class HttpWire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  HttpWire(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = socket.getInputStream();
  }

  /** One request on a connection of its own; everything that comes back. */
  static String exchange(int port, byte[] request) throws IOException {
    try (var wire = new HttpWire(port)) {
      wire.send(request);
      return wire.readToEnd();
    }
  }

  void send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  /** What comes until the server closes the connection. */
  String readToEnd() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** What comes until {@code end} was seen. */
  String readUntil(String end) throws IOException {
    var read = new ByteArrayOutputStream();
    while (!read.toString(ISO_8859_1).endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("no " + end + " in " + read);
      }
      read.write(next);
    }
    return read.toString(ISO_8859_1);
  }

  /** Resets the connection: what a server sees of a client that is killed. */
  void abort() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
