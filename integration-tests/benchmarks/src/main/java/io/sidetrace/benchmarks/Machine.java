package io.sidetrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Properties;

/** Where figures come from. */
final class Machine {
  private Machine() {}

  /** As for {@code taskset -c}. */
  static String allCpus() throws IOException {
    return Files.readString(Path.of("/sys/devices/system/cpu/online")).trim();
  }

  /** One line to publish with the figures. */
  static String description(Path javaHome) throws IOException {
    Properties release = new Properties();
    try (var in = Files.newInputStream(javaHome.resolve("release"))) {
      release.load(in);
    }
    String version = release.getProperty("JAVA_VERSION", "?").replace("\"", "");
    String memory = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("\\D", "");
    return "%s, Linux, CPUs %s, %d GB, JDK %s, load average before %s"
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            allCpus(),
            Long.parseLong(memory) >> 20,
            version,
            Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
  }
}
