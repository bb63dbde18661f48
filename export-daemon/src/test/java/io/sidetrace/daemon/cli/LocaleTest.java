package io.sidetrace.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.DemoTrace;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.event.Frame;
import io.sidetrace.harness.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers mostly have no locale; what is printed is UTF-8 all the same. */
class LocaleTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void decode_printsUtf8_withoutALocale() throws Exception {
    Path request = Files.writeString(folder.resolve("q"), "{\"model\":\"m\",\"prompt\":\"你好\"}");
    List<String> decode =
        List.of("decode", "--url=http://x/v1/completions", "--request=" + request);

    try (Program program = DaemonProcess.sidetrace(folder, decode)) {
      program.await(Pattern.compile("你好"), LIMIT);
    }
  }

  @Test
  void console_drawsTrees_withoutALocale() throws Exception {
    Options console = Options.in(folder).with("exporters", "console");
    try (FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Program daemon = DaemonProcess.start(folder, console)) {
      agent.close(DemoTrace.frames(1).toArray(new Frame[0]));

      daemon.await(Pattern.compile("└─ ChatController\\.complete +1\\.23 s"), LIMIT);

      assertThat(daemon.stop()).isZero();
    }
  }
}
