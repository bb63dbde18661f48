package io.sidetrace.benchmarks.drain;

import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * How daemons are started: by their launcher, as their package does it, on CPUs of their own.
 *
 * @param launcher the daemon's script
 * @param cache for its archive of classes
 * @param javaOptions beside the launcher's own
 * @param options of {@code sidetrace run} beside those that the measuring needs
 */
public record DaemonLaunch(
    Path javaHome, Path launcher, Path cache, String javaOptions, List<String> options) {
  private static final Pattern READY = Pattern.compile("reading ");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** Makes the archive of classes. */
  public void warm() throws IOException, InterruptedException {
    ProcessBuilder warm = new ProcessBuilder(launcher.toString(), "warm").inheritIO();
    warm.environment().putAll(environment());
    if (warm.start().waitFor() != 0) {
      throw new IOException("'" + launcher + " warm' failed");
    }
  }

  /**
   * Reads when this returns.
   *
   * @param cpus as for {@code taskset -c}
   * @param state directory for what it leaves behind
   * @param source options that name what it reads
   */
  DaemonProcess start(String cpus, Path state, LangfuseStandIn langfuse, String... source) {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", cpus));
    command.addAll(List.of(launcher.toString(), "run", "--ops-port=-1"));
    command.add("--exporters=langfuse");
    command.add("--langfuse-url=" + langfuse.url());
    command.add("--dead-letters=" + state.resolve("dead"));
    command.addAll(List.of(source));
    command.addAll(options);
    Program program = Program.start("daemon", state.resolve("daemon.log"), environment(), command);
    program.await(READY, LIMIT);
    return new DaemonProcess(program, javaHome);
  }

  private Map<String, String> environment() {
    return Map.of(
        "JAVA_HOME",
        javaHome.toString(),
        "SIDETRACE_CACHE",
        cache.toString(),
        "SIDETRACE_JAVA_OPTS",
        javaOptions,
        "LANGFUSE_PUBLIC_KEY",
        LangfuseStandIn.PUBLIC_KEY,
        "LANGFUSE_SECRET_KEY",
        LangfuseStandIn.SECRET_KEY);
  }
}
