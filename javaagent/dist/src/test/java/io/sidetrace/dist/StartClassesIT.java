package io.sidetrace.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many classes the agent loads before {@code main}: what its start costs, told by a number that
 * is the same on a busy machine. Whoever breaks a bound decides whether it is worth it.
 */
class StartClassesIT {
  /** Of the agent and its libraries: 63, and none for an instrumentation. */
  private static final int OURS = 66;

  /** With those of the JDK that nobody else had needed yet: 462 on JDK 17, 626 on 25. */
  private static final int ALL = 650;

  @TempDir Path directory;

  @Test
  void start_loadsFewClasses() throws Exception {
    List<String> without = loaded(new Jvm(directory));
    List<String> with = loaded(new Jvm(directory).agent(Jvm.AGENT, ""));

    List<String> ours = with.stream().filter(StartClassesIT::isOurs).toList();
    assertThat(ours.size()).as("of the agent:\n" + String.join("\n", ours)).isLessThan(OURS);
    assertThat(with.size() - without.size()).as("in all").isLessThan(ALL);
  }

  /** However many there are, they wait for a class that they weave. */
  @Test
  void start_loadsNoInstrumentation_andNothingToWeave() throws Exception {
    List<String> with = loaded(new Jvm(directory).agent(Jvm.AGENT, ""));

    assertThat(with)
        .noneMatch(name -> name.startsWith("io.sidetrace.instrumentation."))
        .noneMatch(name -> name.startsWith("net.bytebuddy."));
  }

  @Test
  void start_leavesTransportsAndJsonAsleep() throws Exception {
    List<String> with =
        loaded(
            new Jvm(directory)
                .agent(Jvm.AGENT, "")
                .option("-Dsidetrace.redis.url=redis://127.0.0.1:1"));

    assertThat(with)
        .noneMatch(
            name -> name.startsWith("redis.clients.") || name.startsWith("io.sidetrace.event.Json"))
        .noneMatch(name -> name.startsWith("net.bytebuddy.") && !name.contains(".jar.asm."))
        .noneMatch(name -> name.startsWith("java.util.logging."));
  }

  private static boolean isOurs(String name) {
    return Stream.of("io.sidetrace.", "net.bytebuddy.", "org.jctools.").anyMatch(name::startsWith);
  }

  /** The names in the order of loading; hidden classes have a number behind theirs. */
  private List<String> loaded(Jvm jvm) throws Exception {
    Path log = directory.resolve("classes.log");
    assertThat(jvm.option("-Xlog:class+load:file=" + log + ":none").run().exitCode()).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      return lines
          .filter(line -> line.contains(" source: "))
          .map(line -> line.substring(0, line.indexOf(" source: ")))
          .toList();
    }
  }
}
