package io.sidetrace.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;

/**
 * A real redis-server on a port of its own. It keeps its data in an append-only file that is
 * flushed before each answer, so what it has acknowledged outlives {@code kill -9}.
 */
public final class RedisProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Ready to accept connections");

  private final Path directory;
  private final int port;
  private Program program;

  private RedisProcess(Path directory, int port) {
    this.directory = directory;
    this.port = port;
    this.program = launch();
  }

  /** Accepts connections when this returns. */
  public static RedisProcess start(Path directory) {
    return new RedisProcess(directory, freePort());
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** To kill, stop, suspend, resume. */
  public Program program() {
    return program;
  }

  /** Starts again on the same port with the same data, after a kill or stop. */
  public void restart() {
    program = launch();
  }

  /**
   * Sends a command whose arguments have no spaces.
   *
   * @return a simple, bulk or number reply's text
   * @throws IllegalStateException if Redis answers with an error
   */
  public String command(String... arguments) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write((String.join(" ", arguments) + "\r\n").getBytes(UTF_8));
      return reply(new BufferedInputStream(socket.getInputStream()));
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", arguments), e);
    }
  }

  @Override
  public void close() {
    program.close();
  }

  private static String reply(InputStream in) throws IOException {
    String line = line(in);
    return switch (line.charAt(0)) {
      case '+', ':' -> line.substring(1);
      case '$' -> new String(in.readNBytes(Integer.parseInt(line.substring(1))), UTF_8);
      default -> throw new IllegalStateException("Redis: " + line);
    };
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\r'; c = in.read()) {
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }

  private Program launch() {
    try {
      Files.createDirectories(directory);
      Path binary = ExecutableProvider.newJarResourceProvider(directory.toFile()).get().toPath();
      List<String> command =
          List.of(
              binary.toString(),
              "--port",
              "" + port,
              "--bind",
              "127.0.0.1",
              "--save",
              "",
              "--dir",
              directory.toAbsolutePath().toString(),
              "--appendonly",
              "yes",
              "--appendfsync",
              "always");
      Program redis =
          Program.start(
              "redis", directory.resolve("redis-" + System.nanoTime() + ".log"), Map.of(), command);
      redis.await(READY, Duration.ofSeconds(20));
      return redis;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack redis-server", e);
    }
  }

  /**
   * Outside the range that connections take theirs from (Linux: 32768 and above): a client that
   * asks for a Redis which is down may otherwise be given its port, and it could not come back.
   */
  private static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        if (!(e instanceof BindException)) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
