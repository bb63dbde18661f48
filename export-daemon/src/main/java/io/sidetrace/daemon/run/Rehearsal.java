package io.sidetrace.daemon.run;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Lets a daemon do a bit of everything in a folder of its own, so that its classes are loaded: the
 * launcher has the JVM archive them. Reaches nothing outside this machine. Redis is left out, since
 * Lettuce would double the archive for all who do without it.
 */
public final class Rehearsal {
  private static final int MOST_TENTHS = 50;

  private Rehearsal() {}

  /**
   * @throws IOException if the folder for it cannot be written
   */
  public static void play() throws IOException {
    Path stage = Files.createTempDirectory("sidetrace-warm");
    try {
      Path process = Files.createDirectories(stage.resolve("spool/warm-1-1"));
      Files.write(process.resolve(Spool.segmentName(0) + Spool.CLOSED), segment());
      play(stage);
    } catch (OptionException e) {
      throw new IllegalStateException("the options are ours", e);
    } finally {
      remove(stage);
    }
  }

  private static void play(Path stage) throws IOException, OptionException {
    Map<String, String> options =
        Map.of(
            "spool", stage.resolve("spool").toString(),
            "dead-letters", stage.resolve("dead-letters").toString(),
            "exporters", "langfuse",
            "langfuse-url", "http://127.0.0.1:9",
            "langfuse-public-key", "none",
            "linger", "1ms",
            "drain-timeout", "0",
            "ops-port", "0");
    Map<String, String> environment = Map.of("LANGFUSE_SECRET_KEY", "none");
    try (Daemon daemon =
        Daemon.start(new OptionsReader(options, environment, ConfigFile.NONE).read())) {
      for (int i = 0; i < MOST_TENTHS && daemon.ledger().received() == 0; i++) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
      TimeUnit.MILLISECONDS.sleep(300); // for the first attempt to send
      for (String page : new String[] {"metrics", "status", "status.txt", "readyz"}) {
        ask(daemon.opsPort(), page);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void ask(int port, String page) throws IOException {
    try {
      URI.create("http://127.0.0.1:" + port + "/" + page).toURL().openStream().close();
    } catch (IOException e) {
      // Not ready is what /readyz says here: Langfuse is not there.
      if (!page.equals("readyz")) {
        throw e;
      }
    }
  }

  private static byte[] segment() {
    Event event =
        Event.builder(Event.Kind.EXCHANGE, new Event.Origin("warm", "warm-1-1", null, null))
            .ids("1".repeat(32), "1".repeat(16), null)
            .name("warm")
            .times(1, 1)
            .sequence(0)
            .build();
    FrameEncoder encoder = new FrameEncoder();
    encoder.append(new Frame(event, Slice.ofUtf8("{}"), Slice.ofUtf8("{}")), 0);
    Slice bytes = encoder.bytes();
    return ByteBuffer.allocate(4 + bytes.length())
        .putInt(Spool.MAGIC)
        .put(bytes.array(), bytes.offset(), bytes.length())
        .array();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path path : found.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}
