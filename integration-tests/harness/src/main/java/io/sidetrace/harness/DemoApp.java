package io.sidetrace.harness;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** The demo's chat service in a process of its own, on a free port. */
public final class DemoApp implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "(?:Tomcat|Jetty|Undertow|Netty) started on port (\\d+)[\\s\\S]*Started DemoApplication");
  private static final Duration START_LIMIT = Duration.ofSeconds(90);

  private final Program program;
  private final URI url;

  private DemoApp(Program program, URI url) {
    this.program = program;
    this.url = url;
  }

  /**
   * Takes requests when this returns.
   *
   * @param java with the agent, or without
   * @param jar the executable jar of one of the demos
   * @param openAi base URL of the model's API
   */
  public static DemoApp start(Java java, Path jar, URI openAi, Path log) {
    Program program =
        java.environment("OPENAI_BASE_URL", openAi.toString())
            .environment("OPENAI_API_KEY", "sk-stand-in")
            .start("demo", log, List.of("-jar", jar.toString(), "--server.port=0"));
    try {
      String port = program.await(READY, START_LIMIT).group(1);
      return new DemoApp(program, URI.create("http://127.0.0.1:" + port));
    } catch (AssertionError e) {
      program.close();
      throw e;
    }
  }

  public URI url() {
    return url;
  }

  public Program program() {
    return program;
  }

  @Override
  public void close() {
    program.close();
  }
}
