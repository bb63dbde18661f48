package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DaemonProcess;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.Options;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.LangfuseStandIn;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP to a real process. */
class HangupTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String PARALLEL_NEEDS_A_RESTART =
      "parallel changed as well; that needs a restart";

  @TempDir Path folder;
  private int sent;

  @Test
  void hangup_takesNewRules_andKeepsTheOldOnesIfTheNewAreWrong() throws Exception {
    Path config = Files.writeString(folder.resolve("sidetrace.yaml"), "parallel: 2\n");
    try (LangfuseStandIn langfuse = LangfuseStandIn.start();
        FakeAgent agent = new FakeAgent(folder.resolve("spool"), "demo-1");
        Program daemon =
            DaemonProcess.start(
                folder, Options.in(folder).to(langfuse).with("config", config.toString()))) {
      assertThat(export(agent, langfuse)).isEqualTo("mail ada@example.org");

      Files.writeString(config, "parallel: 3\nmask-detect: email\n");
      hangup(daemon, "rules reloaded");

      Await.until("a warning", LIMIT, () -> daemon.said().contains(PARALLEL_NEEDS_A_RESTART));
      assertThat(export(agent, langfuse)).isEqualTo("mail [email]");

      Files.writeString(config, "mask-detct: email\n");
      hangup(daemon, "rules not reloaded, the old ones stay: sidetrace.yaml:1: unknown key");

      assertThat(daemon.said()).contains("nearest is mask-detect");
      assertThat(export(agent, langfuse)).isEqualTo("mail [email]");
      assertThat(metrics(daemon))
          .contains("sidetrace_config_reloads_total{result=\"applied\"} 1.0")
          .contains("sidetrace_config_reloads_total{result=\"refused\"} 1.0")
          .contains("sidetrace_config_current 0.0");
      assertThat(daemon.isAlive()).isTrue();
    }
  }

  @Test
  void start_isRefused_whenTheFileIsWrong() throws Exception {
    Path config = Files.writeString(folder.resolve("sidetrace.yaml"), "\nparalel: 2\n");

    try (Program daemon =
        DaemonProcess.launch(folder, Options.in(folder).with("config", config.toString()))) {
      Await.until("its end", LIMIT, () -> !daemon.isAlive());

      assertThat(daemon.said())
          .contains("sidetrace run: sidetrace.yaml:2: unknown key paralel; nearest is parallel");
    }
  }

  private String export(FakeAgent agent, LangfuseStandIn langfuse) throws Exception {
    int number = sent++;
    Event event =
        FakeAgent.event(Event.Kind.SPAN, number).input("\"mail ada@example.org\"").build();
    agent.close(new Frame(event, Slice.EMPTY, Slice.EMPTY));
    Await.until("the span", LIMIT, () -> langfuse.spans().size() > number);
    return String.valueOf(langfuse.spans().get(number).attribute("langfuse.observation.input"));
  }

  private static void hangup(Program daemon, String said) throws Exception {
    int code = new ProcessBuilder("kill", "-HUP", "" + daemon.pid()).start().waitFor();
    assertThat(code).isZero();
    daemon.await(Pattern.compile(Pattern.quote(said)), LIMIT);
  }

  private static String metrics(Program daemon) throws Exception {
    URI uri = URI.create(daemon.await(Pattern.compile("http://127\\S+/metrics"), LIMIT).group());
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
