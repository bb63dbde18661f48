package io.sidetrace.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.Options;
import io.sidetrace.harness.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFormatTest {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void json_isOneObjectALine() throws Exception {
    try (Program daemon = launch("json")) {
      daemon.await(Pattern.compile("metrics and health"), LIMIT);
      daemon.stop();

      for (String line : daemon.said().lines().toList()) {
        try (JsonParser json = new JsonFactory().createParser(line)) {
          while (json.nextToken() != null) {}
        }
        assertThat(line).startsWith("{\"time\":\"20").contains("\"level\":\"", "\"message\":\"");
      }
    }
  }

  @Test
  void journal_hasTheLevelInFront_andNoClock() {
    try (Program daemon = launch("journal")) {
      daemon.await(Pattern.compile("(?m)^<6>reading the spool"), LIMIT);
    }
  }

  private Program launch(String format) {
    return DaemonProcess.launch(
        folder, Options.in(folder).with("exporters", "jsonl").with("log-format", format));
  }
}
