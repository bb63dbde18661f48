package io.sidetrace.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.Options;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

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

  @Test
  void status_showsTheRunningDaemon() throws Exception {
    try (LangfuseStandIn langfuse = LangfuseStandIn.start();
        Program daemon = DaemonProcess.start(folder, Options.in(folder).to(langfuse))) {
      Matcher said = daemon.await(Pattern.compile("(http://[^/]+)/metrics"), LIMIT);

      assertThat(run("status", "--url=" + said.group(1))).isZero();
      assertThat(run("status", "--json", "--url=" + said.group(1))).isZero();
      assertThat(out.toString())
          .contains("ledger       0 received = 0 exported")
          .contains("\"ledger\":{\"received\":0,");
    }
  }

  @Test
  void status_saysThatNobodyAnswers() {
    assertThat(run("status", "--url=http://127.0.0.1:9")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("sidetrace status: no daemon answers at http://127.0.0.1:9; is it running?")
        .hasLineCount(1);
  }

  @Test
  void completion_knowsAllCommands() {
    assertThat(run("completion", "bash")).isZero();
    assertThat(run("completion", "zsh")).isZero();
    assertThat(out.toString()).contains("_complete_sidetrace").contains("#compdef sidetrace");
    for (String command : Sidetrace.commandLine().getSubcommands().keySet()) {
      assertThat(out.toString()).contains(command);
    }
  }

  @Test
  void man_hasEveryOption_andEscapesWhatRoffWouldTake() {
    assertThat(run("man")).isZero();
    assertThat(out.toString())
        .startsWith(".TH SIDETRACE 1")
        .contains("\n.SS run\n")
        .contains("\n.SS deadletter show <number>\n")
        .contains(".B \\-\\-langfuse\\-url=<URL>")
        .doesNotContain("secret-key=");
    assertThat(out.toString().lines().filter(line -> line.startsWith("'"))).isEmpty();
  }

  @Test
  void warm_leavesNothingBehind() throws Exception {
    try (Program warm = DaemonProcess.sidetrace(folder, List.of("warm"))) {
      Await.until("its end", LIMIT, () -> !warm.isAlive(), warm::said);
    }

    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("sidetrace-warm")))
          .isEmpty();
    }
  }

  private int run(String... args) {
    CommandLine line = Sidetrace.commandLine();
    line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return line.execute(args);
  }
}
