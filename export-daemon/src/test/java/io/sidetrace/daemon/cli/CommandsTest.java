package io.sidetrace.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @Test
  void help_isThereForEachCommand() {
    assertThat(run("--help")).isZero();
    assertThat(run("run", "--help")).isZero();
    assertThat(run("decode", "--help")).isZero();
    assertThat(run("deadletter", "--help")).isZero();
    assertThat(out.toString())
        .contains("--langfuse-url=<URL>")
        .contains("Default: 200ms.")
        .doesNotContain("secret-key=");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void usage_isAnsweredWithTwo_andOneLine() {
    assertThat(run("run", "--lingre=1")).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("--lingre");
  }

  @Test
  void failure_isAnsweredWithOne_andOneLine() {
    assertThat(run("decode", folder.toString())).isEqualTo(1);
    assertThat(err.toString())
        .isEqualTo("sidetrace decode: no meta.json in " + folder + " or below it\n");
  }

  @Test
  void run_refusesValuesThatMakeNoSense() {
    assertThat(run("run", "--linger=soon")).isEqualTo(2);
    assertThat(err.toString()).contains("linger is 'soon', which is no duration").hasLineCount(1);
  }

  @Test
  void decode_printsOneObject() throws Exception {
    Path request = Files.writeString(folder.resolve("q"), "{\"model\":\"m\",\"messages\":[]}");
    Path response =
        Files.writeString(
            folder.resolve("r"),
            "{\"model\":\"m-1\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Hi\"}}]}");

    int code =
        run(
            "decode",
            "--url=http://x/v1/chat/completions",
            "--request=" + request,
            "--response=" + response);

    assertThat(code).isZero();
    assertThat(out.toString())
        .hasLineCount(1)
        .contains("\"protocol\":\"openai-chat\"")
        .contains("\"model\":\"m-1\"");
  }

  @Test
  void deadletter_listsNothing_whereNothingIs() {
    assertThat(run("deadletter", "list", "--dead-letters=" + folder)).isZero();
    assertThat(out.toString()).isEmpty();
  }

  private int run(String... args) {
    CommandLine line = Sidetrace.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
