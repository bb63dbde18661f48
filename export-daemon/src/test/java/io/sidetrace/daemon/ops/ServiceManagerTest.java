package io.sidetrace.daemon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.harness.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceManagerTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** A socket as systemd's, which prints what it is told. */
  private static final String SYSTEMD =
      """
      import socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
      s.bind(sys.argv[1])
      print('listening', flush=True)
      while True:
          print(s.recv(4096).decode().replace('\\n', ' | '), flush=True)
      """;

  @TempDir Path folder;

  @Test
  void systemd_hearsOfStartLifeAndStop() {
    String socket = folder.resolve("notify").toString();
    try (Program systemd =
        Program.start(
            "systemd",
            folder.resolve("log"),
            Map.of(),
            List.of("python3", "-c", SYSTEMD, socket))) {
      systemd.await(Pattern.compile("listening"), LIMIT);
      ServiceManager manager = new ServiceManager(Map.of("NOTIFY_SOCKET", socket));

      manager.ready("received 0");
      manager.alive("received 1");
      manager.stopping("sending what is in flight");

      systemd.await(Pattern.compile("READY=1 \\| STATUS=received 0"), LIMIT);
      systemd.await(Pattern.compile("WATCHDOG=1 \\| STATUS=received 1"), LIMIT);
      systemd.await(Pattern.compile("STOPPING=1 \\| STATUS=sending what is in flight"), LIMIT);
    }
  }

  @Test
  void pulse_isHalfOfWhatSystemdAsksFor() {
    String own = "" + ProcessHandle.current().pid();

    assertThat(pulse(Map.of("WATCHDOG_USEC", "60000000"))).isEqualTo(Duration.ofSeconds(30));
    assertThat(pulse(Map.of("WATCHDOG_USEC", "60000000", "WATCHDOG_PID", own)))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(pulse(Map.of("WATCHDOG_USEC", "60000000", "WATCHDOG_PID", "1"))).isNull();
    assertThat(pulse(Map.of("WATCHDOG_USEC", "0"))).isNull();
    assertThat(pulse(Map.of())).isNull();
  }

  private static Duration pulse(Map<String, String> environment) {
    return new ServiceManager(environment).pulse();
  }
}
