package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Opens one WebSocket (RFC 6455), greets, and listens until the other side goes. */
public final class FakeWebSocket implements AutoCloseable {
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket server;

  private FakeWebSocket(ServerSocket server) {
    this.server = server;
  }

  public static FakeWebSocket start(String greeting) throws IOException {
    FakeWebSocket socket = new FakeWebSocket(new ServerSocket(0));
    Thread thread = new Thread(() -> socket.serve(greeting), "fake-web-socket");
    thread.setDaemon(true);
    thread.start();
    return socket;
  }

  public URI uri() {
    return URI.create("ws://localhost:" + server.getLocalPort() + "/");
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void serve(String greeting) {
    try (Socket socket = server.accept()) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      String accepted = accepted(in);
      byte[] text = greeting.getBytes(US_ASCII);
      ByteArrayOutputStream answer = new ByteArrayOutputStream();
      answer.writeBytes(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + ("Sec-WebSocket-Accept: " + accepted + "\r\n\r\n"))
              .getBytes(US_ASCII));
      answer.write(0x81); // the last frame of a text
      answer.write(text.length);
      answer.writeBytes(text);
      socket.getOutputStream().write(answer.toByteArray());
      in.readAllBytes();
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static String accepted(DataInputStream in) throws IOException {
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).trim();
      }
    }
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(US_ASCII));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException();
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
