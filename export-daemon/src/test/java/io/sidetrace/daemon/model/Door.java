package io.sidetrace.daemon.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A port before a server that passes connections on, cuts them, or talks nonsense. */
final class Door implements AutoCloseable {
  private static final byte[] NONSENSE =
      "\u0016\u0003\u0001 nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8);

  private final ServerSocket port;
  private final int behind;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger hangUps = new AtomicInteger();
  private volatile Manner manner = Manner.PASSES_ON;

  enum Manner {
    PASSES_ON,
    SLAMS,
    TALKS_NONSENSE
  }

  Door(URI server) throws IOException {
    this.behind = server.getPort();
    this.port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    inBackground("door", this::answer);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + port.getLocalPort());
  }

  void use(Manner next) {
    manner = next;
  }

  /** Whatever is under way is lost. */
  void cutAll() {
    open.forEach(Door::closeQuietly);
    open.clear();
  }

  private void answer() throws IOException {
    while (!port.isClosed()) {
      Socket client = port.accept();
      switch (manner) {
        case SLAMS -> client.close();
        case TALKS_NONSENSE -> {
          client.getOutputStream().write(NONSENSE);
          client.close();
        }
        case PASSES_ON -> {
          Socket server = new Socket(InetAddress.getLoopbackAddress(), behind);
          client.setTcpNoDelay(true);
          server.setTcpNoDelay(true);
          open.add(client);
          open.add(server);
          inBackground("door-in", () -> pass(client, server));
          inBackground("door-out", () -> pass(server, client));
        }
      }
    }
  }

  private void pass(Socket from, Socket to) throws IOException {
    try (from;
        to;
        InputStream in = from.getInputStream()) {
      in.transferTo(to.getOutputStream());
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private interface Task {
    void run() throws IOException;
  }

  private void inBackground(String name, Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (IOException e) {
                hangUps.incrementAndGet(); // which is what this is for
              }
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    port.close();
    cutAll();
  }
}
