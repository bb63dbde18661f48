package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.harness.RedisProcess;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as the packages have it. */
class StartIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final int BACKLOG = 60_000;
  private static final int SEGMENT_BYTES = 4 << 20;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void start_isQuick_andRestIsSmall() throws Exception {
    assertQuickAndSmall("--ops-port=0");
  }

  @Test
  void start_isQuick_andRestIsSmall_withRedis() throws Exception {
    try (RedisProcess redis = RedisProcess.start(folder.resolve("redis"))) {
      assertQuickAndSmall("--ops-port=0", "--redis=" + redis.url());
    }
  }

  private void assertQuickAndSmall(String... options) throws Exception {
    Path launcher = unpacked();
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "run"));
    command.addAll(List.of(options));
    Map<String, String> environment =
        Map.of(
            "SIDETRACE_CACHE",
            folder.resolve("cache").toString(),
            "XDG_STATE_HOME",
            folder.resolve("state").toString(),
            "LANGFUSE_PUBLIC_KEY",
            "pk",
            "LANGFUSE_SECRET_KEY",
            "sk");
    Run.with(environment, launcher.toString(), "warm").succeeds();
    assertThat(folder.resolve("cache")).isDirectoryContaining("glob:**.jsa");

    long begin = System.nanoTime();
    try (Program daemon = Program.start("daemon", folder.resolve("log"), environment, command)) {
      Matcher said = daemon.await(Pattern.compile("(http://[^/]+)/metrics"), LIMIT);
      assertThat(status(said.group(1) + "/readyz")).isEqualTo(200);
      long millis = (System.nanoTime() - begin) / 1_000_000;
      System.out.println("ready after " + millis + " ms");
      // Alone on a machine it takes about a second; this is for one that does much else.
      assertThat(millis).isLessThan(10_000);

      for (int i = 0; i < 20; i++) {
        status(said.group(1) + "/metrics");
      }
      Await.until(
          "the daemon to rest",
          LIMIT,
          () -> kilobytes(daemon, "VmRSS") < 120_000,
          () -> "it takes " + kilobytes(daemon, "VmRSS") + " kB");
      System.out.println("rests at " + kilobytes(daemon, "VmRSS") / 1000 + " MB");
      assertThat(daemon.stop()).isZero();
    }
  }

  /** It takes what it needs for a backlog, within a bound, and gives it back after. */
  @Test
  void memory_isBoundedInABacklog_andGivenBackAfter() throws Exception {
    Path launcher = unpacked();
    Path spool = folder.resolve("spool");
    Map<String, String> environment =
        Map.of(
            "SIDETRACE_CACHE",
            folder.resolve("cache").toString(),
            "LANGFUSE_PUBLIC_KEY",
            LangfuseStandIn.PUBLIC_KEY,
            "LANGFUSE_SECRET_KEY",
            LangfuseStandIn.SECRET_KEY);
    Run.with(environment, launcher.toString(), "warm").succeeds();
    try (LangfuseStandIn langfuse = LangfuseStandIn.counting(0);
        Program daemon =
            Program.start(
                "daemon",
                folder.resolve("log"),
                environment,
                List.of(
                    launcher.toString(),
                    "run",
                    "--ops-port=-1",
                    "--spool=" + spool,
                    "--dead-letters=" + folder.resolve("dead"),
                    "--langfuse-url=" + langfuse.url()))) {
      daemon.await(Pattern.compile("reading the spool"), LIMIT);
      fill(spool);
      Await.until(
          "the backlog to leave",
          LIMIT,
          () -> langfuse.received() == BACKLOG,
          () -> langfuse.received() + " of " + BACKLOG + " came\n" + daemon.said());

      assertThat(kilobytes(daemon, "VmHWM")).as("most at any time").isLessThan(280_000);
      Await.until(
          "the daemon to rest",
          LIMIT,
          () -> kilobytes(daemon, "VmRSS") < kilobytes(daemon, "VmHWM") - 60_000,
          () -> "it takes " + kilobytes(daemon, "VmRSS") + " kB");
      System.out.println(
          "after a backlog "
              + kilobytes(daemon, "VmRSS") / 1000
              + " MB, at most "
              + kilobytes(daemon, "VmHWM") / 1000);
    }
  }

  /** A folder as an agent leaves it that ran without a daemon for a while. */
  private static void fill(Path spool) throws IOException {
    Path making = Files.createDirectories(spool.resolve(".backlog-1-1"));
    Files.createFile(making.resolve(Spool.LOCK));
    Event.Origin origin = new Event.Origin("backlog", "backlog-1-1", null, null);
    Slice body = Slice.ofUtf8("{\"text\":\"" + "words and more ".repeat(130) + "\"}");
    FrameEncoder frames = new FrameEncoder();
    for (int n = 0; n < BACKLOG; n++) {
      Event event =
          Event.builder(Event.Kind.SPAN, origin)
              .ids(String.format("%032x", n + 1), String.format("%016x", n + 1), null)
              .name("step")
              .times(1_700_000_000_000_000L + n, 1_000)
              .sequence(n)
              .build();
      frames.append(new Frame(event, body, Slice.EMPTY), n);
      if (frames.size() > SEGMENT_BYTES || n == BACKLOG - 1) {
        Slice bytes = frames.bytes();
        ByteBuffer segment = ByteBuffer.allocate(4 + bytes.length()).putInt(Spool.MAGIC);
        segment.put(bytes.array(), bytes.offset(), bytes.length());
        Files.write(making.resolve(Spool.segmentName(n) + Spool.CLOSED), segment.array());
        frames.clear(SEGMENT_BYTES);
      }
    }
    Files.move(making, spool.resolve("backlog-1-1"));
  }

  private Path unpacked() {
    Run.of("dpkg-deb", "-x", Packages.DEB.toString(), folder.resolve("deb").toString()).succeeds();
    return folder.resolve("deb/usr/bin/sidetrace");
  }

  private static int status(String url) throws Exception {
    return CLIENT
        .send(
            HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static long kilobytes(Program program, String field) {
    try {
      return Files.readAllLines(Path.of("/proc/" + program.pid() + "/status")).stream()
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> line.replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElseThrow();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
