package io.sidetrace.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.bytebuddy.agent.ByteBuddyAgent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent jar in JVMs of their own: whatever is wrong, the application starts. */
class StartIT {

  private static final List<String> TRACED =
      List.of("the application runs", "dispatcher: java.base");
  private static final List<String> UNTRACED = List.of("the application runs", "dispatcher: none");

  @TempDir Path directory;

  @Test
  void theAgent_startsSilently() throws Exception {
    var ended = new Jvm(directory).agent(Jvm.AGENT, "").run();

    assertThat(ended).isEqualTo(new Jvm.Ended(0, TRACED, List.of()));
  }

  @Test
  void switchedOff_itDoesNothing() throws Exception {
    var ended = new Jvm(directory).agent(Jvm.AGENT, "enabled=false").run();

    assertThat(ended).isEqualTo(new Jvm.Ended(0, UNTRACED, List.of()));
  }

  @Test
  void attachedTwice_itRunsOnce_andSaysSo() throws Exception {
    Path copy = Files.copy(Jvm.AGENT, directory.resolve("copy.jar"));

    var ended = new Jvm(directory).agent(Jvm.AGENT, "").agent(copy, "").run();

    assertThat(ended.out()).isEqualTo(TRACED);
    assertThat(ended.err())
        .containsExactly(
            "sidetrace: is attached already, from " + Jvm.AGENT + "; one -javaagent is enough");
  }

  @Test
  void attachedToARunningJvm_itStarts() throws Exception {
    Jvm jvm = new Jvm(directory).option("-XX:+EnableDynamicAgentLoading").waiting();
    Process process = jvm.start();
    awaitLine(jvm, "the application runs");

    ByteBuddyAgent.attach(Jvm.AGENT.toFile(), Long.toString(process.pid()));

    assertThat(jvm.end(process)).isEqualTo(new Jvm.Ended(0, TRACED, List.of()));
  }

  @Test
  void aConfigurationThatCannotBeFollowed_isOneLine() throws Exception {
    var ended = new Jvm(directory).agent(Jvm.AGENT, "queue.max-events=many").run();

    assertThat(ended.out()).isEqualTo(UNTRACED);
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err())
        .singleElement()
        .asString()
        .startsWith("sidetrace: queue.max-events")
        .contains("\"many\"")
        .endsWith("the application runs untraced");
  }

  @Test
  void aDamagedAgentClass_isOneLine() throws Exception {
    Path damaged = damaged("inst/io/sidetrace/agent/boot/Boot.classdata");

    var ended = new Jvm(directory).agent(damaged, "").run();

    assertThat(ended.out()).isEqualTo(UNTRACED);
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err())
        .singleElement()
        .asString()
        .startsWith("sidetrace: not started, the application runs untraced: ")
        .contains("io.sidetrace.agent.boot.Boot in " + damaged + " is damaged");
  }

  @Test
  void aDamagedWeaver_leavesNothingBehind() throws Exception {
    Path damaged = damaged("inst/io/sidetrace/agent/weave/Linker.classdata");

    var ended = new Jvm(directory).agent(damaged, "").run();

    assertThat(ended.out()).isEqualTo(UNTRACED);
    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err())
        .singleElement()
        .asString()
        .startsWith("sidetrace: not started, the application runs untraced: ");
  }

  @Test
  void beforeMain_noLoggingAndNoManagementIsLoaded() throws Exception {
    Path classes = directory.resolve("classes");

    new Jvm(directory).agent(Jvm.AGENT, "").option("-Xlog:class+load:file=" + classes).run();

    List<String> beforeMain =
        Files.readAllLines(classes).stream()
            .takeWhile(line -> !line.contains(App.class.getName() + " "))
            .toList();
    assertThat(beforeMain).anyMatch(line -> line.contains("io.sidetrace.agent.boot.Boot "));
    assertThat(beforeMain)
        .noneMatch(line -> line.contains("java.util.logging.") || line.contains("management."));
  }

  private static void awaitLine(Jvm jvm, String line) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!jvm.lines("out").contains(line)) {
      assertThat(System.nanoTime()).as("waiting for: " + line).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** A copy of the agent with wrong bytes in the middle of one entry. */
  private Path damaged(String name) throws IOException {
    byte[] jar = Files.readAllBytes(Jvm.AGENT);
    int size;
    try (var zip = new ZipFile(Jvm.AGENT.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      size = (int) entry.getCompressedSize();
    }
    // Local header: signature (4) … name, then the data; the name is there before the directory's.
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (!Arrays.equals(jar, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    int data = at + wanted.length;
    Arrays.fill(jar, data, data + size, (byte) 0xff);
    return Files.write(directory.resolve("damaged.jar"), jar);
  }
}
