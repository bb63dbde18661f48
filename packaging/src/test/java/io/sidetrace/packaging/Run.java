package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command of the system, run to its end. */
final class Run {
  private static final int LIMIT_SECONDS = 120;

  private final int code;
  private final String said;

  private Run(int code, String said) {
    this.code = code;
    this.said = said;
  }

  static Run of(String... command) {
    return with(Map.of(), command);
  }

  static Run with(Map<String, String> environment, String... command) {
    try {
      Path log = Files.createTempFile("run", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.redirectOutput(log.toFile()).redirectInput(Path.of("/dev/null").toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("SIDETRACE_"));
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().putAll(environment);
      Process process = builder.start();
      boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String said = Files.readString(log, StandardCharsets.UTF_8);
      Files.delete(log);
      assertThat(ended).as(List.of(command) + " ends in time: " + said).isTrue();
      return new Run(process.exitValue(), said);
    } catch (IOException e) {
      throw new AssertionError("cannot run " + command[0] + "; is it installed?", e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int code() {
    return code;
  }

  String said() {
    return said;
  }

  Run succeeds() {
    assertThat(code).as(said).isZero();
    return this;
  }
}
