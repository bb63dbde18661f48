package io.sidetrace.agent.transport;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sidetrace.agent.pipeline.Eventually;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventReader;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.RedisProcess;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * A real redis-server on a port of its own, with its data on disk before each answer, and a client
 * of its own, so that nothing here rests on what is tested.
 */
final class RedisServer {
  private final Path directory;
  private final String binary;
  private final int port;
  private Process process;

  RedisServer(Path directory) throws Exception {
    this.directory = directory;
    String named = System.getProperty("redis.server", ""); // else 6.2, which embedded-redis brings
    this.binary =
        named.isEmpty()
            ? ExecutableProvider.newJarResourceProvider(directory.toFile()).get().getAbsolutePath()
            : named;
    this.port = RedisProcess.freePort();
  }

  private RedisServer(int port) {
    this.directory = Path.of("");
    this.binary = "";
    this.port = port;
  }

  /** One that runs already, to look into. */
  static RedisServer at(int port) {
    return new RedisServer(port);
  }

  int port() {
    return port;
  }

  String url() {
    return "redis://127.0.0.1:" + port;
  }

  RedisServer start(String... settings) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(binary, "--port", "" + port, "--bind", "127.0.0.1", "--save", "", "--dir"));
    command.addAll(List.of(directory.toString(), "--appendonly", "yes", "--appendfsync", "always"));
    command.addAll(List.of(settings));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("redis.log").toFile())
            .start();
    Eventually.assertThatEventually(
        () -> {
          try {
            command("PING");
          } catch (IOException e) {
            throw new AssertionError("redis-server does not answer", e);
          }
        });
    return this;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** It keeps its connections but does nothing, like a machine that swaps. */
  void freeze() throws Exception {
    signal("STOP");
  }

  void thaw() throws Exception {
    signal("CONT");
  }

  /**
   * @return a text, a number as text, or a list of these and of lists
   */
  Object command(String... words) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      StringBuilder request = new StringBuilder("*" + words.length + "\r\n");
      for (String word : words) {
        request.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
      socket.getOutputStream().write(request.toString().getBytes(ISO_8859_1));
      return reply(new BufferedInputStream(socket.getInputStream()));
    }
  }

  long length(String stream) throws IOException {
    return Long.parseLong((String) command("XLEN", stream));
  }

  /** The frames of each entry of the stream. */
  List<byte[]> entries(String stream) throws IOException {
    List<byte[]> entries = new ArrayList<>();
    for (Object entry : (List<?>) command("XRANGE", stream, "-", "+")) {
      List<?> fields = (List<?>) ((List<?>) entry).get(1);
      if (!fields.get(0).equals("f") || fields.size() != 2) {
        throw new AssertionError("an entry holds " + fields.get(0));
      }
      entries.add(((String) fields.get(1)).getBytes(ISO_8859_1));
    }
    return entries;
  }

  List<Event> events(String stream) throws Exception {
    List<Event> events = new ArrayList<>();
    for (byte[] entry : entries(stream)) {
      FrameReader frames = new FrameReader(Slice.of(entry));
      for (FrameReader.Item item = frames.next(); item != null; item = frames.next()) {
        events.add(new EventReader().read(((FrameReader.Whole) item).event()));
      }
      if (frames.cut()) {
        throw new AssertionError("an entry ends within a frame");
      }
    }
    return events;
  }

  void close() throws Exception {
    if (process != null && process.isAlive()) {
      thaw();
      kill();
    }
  }

  private void signal(String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
  }

  private static Object reply(InputStream in) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> {
        String text = new String(in.readNBytes(Integer.parseInt(rest)), ISO_8859_1);
        in.skipNBytes(2);
        yield text;
      }
      case '*' -> {
        List<Object> items = new ArrayList<>();
        for (int left = Integer.parseInt(rest); left > 0; left--) {
          items.add(reply(in));
        }
        yield items;
      }
      default -> throw new IOException(line);
    };
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new IOException("redis-server hung up");
      }
      line.append((char) c);
    }
    in.skipNBytes(1);
    return line.toString();
  }
}
