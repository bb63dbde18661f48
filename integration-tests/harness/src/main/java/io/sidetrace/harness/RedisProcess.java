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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * A real redis-server on a port of its own. It keeps its data in an append-only file that is
 * flushed before each answer, so what it has acknowledged outlives {@code kill -9}.
 */
public final class RedisProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("Ready to accept connections");

  private final Path directory;
  private final int port;
  private final List<String> settings;
  private Program program;

  private RedisProcess(Path directory, int port, List<String> settings) {
    this.directory = directory;
    this.port = port;
    this.settings = settings;
    this.program = launch();
  }

  /**
   * Accepts connections when this returns.
   *
   * @param settings more of them: {@code --name}, value
   */
  public static RedisProcess start(Path directory, String... settings) {
    return new RedisProcess(directory, freePort(), List.of(settings));
  }

  /** One whose port has to be known before, since its settings tell it. */
  static RedisProcess start(Path directory, int port, List<String> settings) {
    return new RedisProcess(directory, port, settings);
  }

  public int port() {
    return port;
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
   * @return a simple, bulk or number reply's text; of an array, the texts with spaces between
   * @throws IllegalStateException if Redis answers with an error
   */
  public String command(String... arguments) {
    return command(port, arguments);
  }

  static String command(int port, String... arguments) {
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
      case '$' -> bulk(Integer.parseInt(line.substring(1)), in);
      case '*' -> {
        StringJoiner texts = new StringJoiner(" ");
        for (int left = Integer.parseInt(line.substring(1)); left > 0; left--) {
          texts.add(reply(in));
        }
        yield texts.toString();
      }
      default -> throw new IllegalStateException("Redis: " + line);
    };
  }

  private static String bulk(int length, InputStream in) throws IOException {
    if (length < 0) {
      return "nothing";
    }
    String text = new String(in.readNBytes(length), UTF_8);
    in.skipNBytes(2);
    return text;
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
      List<String> command = new ArrayList<>();
      command.add(RedisBinary.in(directory).toString());
      command.addAll(List.of("--port", "" + port, "--bind", "127.0.0.1", "--save", ""));
      command.addAll(List.of("--dir", directory.toAbsolutePath().toString()));
      command.addAll(List.of("--appendonly", "yes", "--appendfsync", "always"));
      command.addAll(settings);
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
   * Nobody listens there at the moment. Outside the range that connections take theirs from (Linux:
   * 32768 and above): a client that asks for a Redis which is down may otherwise be given its port,
   * and it could not come back.
   */
  public static int freePort() {
    return freePort(32_000);
  }

  /** A cluster's nodes talk to each other on a port 10,000 above. */
  static int freePortForCluster() {
    return freePort(22_000);
  }

  private static int freePort(int below) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(12_000, below);
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
