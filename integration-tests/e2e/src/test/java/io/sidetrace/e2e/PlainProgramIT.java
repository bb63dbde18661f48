package io.sidetrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.app.PlainProgram;
import io.sidetrace.harness.Ask;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Java;
import io.sidetrace.harness.Program;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A program with nothing but the JDK in it. */
class PlainProgramIT {
  private static final Pattern LISTENING = Pattern.compile("listening on (\\d+)");

  @Test
  void jdkServerAndClient_makeATraceOfTwo() throws Exception {
    try (Scene scene = Scene.named("plain-program")) {
      scene.daemon();
      URI url = start(scene, scene.traced());

      HttpResponse<String> answer = ask(url);

      assertThat(answer.statusCode()).isEqualTo(200);
      Await.until("two spans", Limits.DELIVERY, () -> scene.langfuse().spans().size() == 2);
      List<ReceivedSpan> spans = scene.langfuse().spans();
      ReceivedSpan root = named("POST /ask", spans);
      ReceivedSpan generation = named("chat.completions qwen-emotion", spans);
      assertThat(root.parentSpanId()).isEmpty();
      assertThat(generation.parentSpanId()).isEqualTo(root.spanId());
      assertThat(generation.traceId()).isEqualTo(root.traceId());
      assertThat(generation.attribute("langfuse.user.id")).isEqualTo("ada");
      assertThat(scene.langfuse().problems()).isEmpty();
    }
  }

  private static URI start(Scene scene, Java java) throws Exception {
    Path classes =
        Path.of(PlainProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Program program =
        scene.keep(
            java.environment("OPENAI_BASE_URL", scene.openAi().baseUrl().toString())
                .start(
                    "plain",
                    scene.log("plain"),
                    List.of("-cp", classes.toString(), PlainProgram.class.getName())));
    String port = program.await(LISTENING, Limits.DELIVERY).group(1);
    return URI.create("http://127.0.0.1:" + port + "/ask");
  }

  private static HttpResponse<String> ask(URI url) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(url)
                .header("Content-Type", "application/json")
                .header("X-User-Id", "ada")
                .POST(BodyPublishers.ofString(new Ask(Ask.Kind.RELAY, 1).body()))
                .build(),
            BodyHandlers.ofString());
  }

  private static ReceivedSpan named(String name, List<ReceivedSpan> spans) {
    return spans.stream().filter(span -> span.name().equals(name)).findFirst().orElseThrow();
  }
}
