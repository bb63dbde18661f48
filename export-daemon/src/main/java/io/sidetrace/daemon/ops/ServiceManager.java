package io.sidetrace.daemon.ops;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells systemd how the daemon is, see sd_notify(3); does nothing where nobody asked. The messages
 * go through {@code systemd-notify}, which is where systemd is: Java has no unix datagrams. A
 * message waits five seconds at most, and one that fails is not repeated.
 */
public final class ServiceManager {
  private static final Logger log = LoggerFactory.getLogger(ServiceManager.class);
  private static final String SOCKET = "NOTIFY_SOCKET";
  private static final int ANSWER_SECONDS = 5;

  private final Map<String, String> environment;
  private boolean failed;

  /**
   * @param environment as {@link System#getenv()}
   */
  public ServiceManager(Map<String, String> environment) {
    this.environment = environment;
  }

  /** Half the time after which systemd takes us for hung; null if it does not watch. */
  public @Nullable Duration pulse() {
    String micros = environment.get("WATCHDOG_USEC");
    String pid = environment.getOrDefault("WATCHDOG_PID", "");
    boolean forAnother = !pid.isEmpty() && !pid.equals("" + ProcessHandle.current().pid());
    if (micros == null || forAnother || !micros.matches("[1-9]\\d{0,17}")) {
      return null;
    }
    return Duration.ofNanos(Long.parseLong(micros) / 2 * 1000);
  }

  public void ready(String status) {
    tell("READY=1", "STATUS=" + status);
  }

  /** Must come at least every {@link #pulse}, or systemd kills and restarts us. */
  public void alive(String status) {
    tell("WATCHDOG=1", "STATUS=" + status);
  }

  public void stopping(String status) {
    tell("STOPPING=1", "STATUS=" + status);
  }

  private void tell(String... assignments) {
    if (!environment.containsKey(SOCKET)) {
      return;
    }
    List<String> command = new ArrayList<>(List.of("systemd-notify"));
    command.addAll(List.of(assignments));
    ProcessBuilder notify =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    notify.environment().put(SOCKET, environment.getOrDefault(SOCKET, ""));
    try {
      Process process = notify.start();
      if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        complain("it did not end within " + ANSWER_SECONDS + " s");
      } else if (process.exitValue() != 0) {
        complain("it exited with " + process.exitValue());
      }
    } catch (IOException e) {
      complain(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void complain(String why) {
    if (!failed) {
      log.warn("cannot tell systemd how the daemon is: systemd-notify failed, {}", why);
    }
    failed = true;
  }
}
