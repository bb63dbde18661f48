package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher as the packages have it. */
class StartIT {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path folder;

  @Test
  void start_isQuick_andRestIsSmall() throws Exception {
    Path launcher = unpacked();
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
    try (Program daemon =
        Program.start(
            "daemon",
            folder.resolve("log"),
            environment,
            List.of(launcher.toString(), "run", "--ops-port=0"))) {
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
