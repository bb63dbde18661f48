package io.sidetrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.app.redeploy.AskServlet;
import io.sidetrace.app.redeploy.RedeployingServer;
import io.sidetrace.harness.Ask;
import io.sidetrace.harness.Await;
import io.sidetrace.harness.Program;
import jakarta.annotation.PostConstruct;
import java.io.File;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.catalina.startup.Tomcat;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.logging.LogFactory;
import org.apache.http.HttpEntity;
import org.apache.http.client.HttpClient;
import org.junit.jupiter.api.Test;

/** A web application that is taken down leaves nothing behind: its class loader can go. */
class RedeployIT {
  private static final Pattern LEFT = Pattern.compile("left (\\d+) of (\\d+)");
  private static final int ROUNDS = 5;

  @Test
  void redeployedApplications_areTracedAndUnloaded() throws Exception {
    try (Scene scene = Scene.named("redeploy")) {
      scene.daemon();
      Path application = webApplication(scene.directory().resolve("app"));

      Program server =
          scene.keep(
              scene
                  .traced()
                  .environment("OPENAI_BASE_URL", scene.openAi().baseUrl().toString())
                  .start(
                      "redeploy",
                      scene.log("redeploy"),
                      List.of(
                          "-cp",
                          paths(Tomcat.class, PostConstruct.class, RedeployingServer.class),
                          RedeployingServer.class.getName(),
                          application.toString(),
                          "" + ROUNDS,
                          new Ask(Ask.Kind.PLAIN, 1).body())));

      assertThat(server.await(LEFT, Limits.DELIVERY).group()).isEqualTo("left 0 of " + ROUNDS);
      Await.until(
          "a root and two generations of each deployment",
          Limits.DELIVERY,
          () -> scene.langfuse().spans().size() == 3 * ROUNDS);
    }
  }

  /** The servlet and its HTTP client, for no loader but the web application's. */
  private static Path webApplication(Path directory) throws Exception {
    Path lib = Files.createDirectories(directory.resolve("WEB-INF/lib"));
    for (Class<?> of : List.of(HttpClient.class, HttpEntity.class, LogFactory.class, Hex.class)) {
      Path jar = path(of);
      Files.copy(jar, lib.resolve(jar.getFileName()));
    }
    String servlet = AskServlet.class.getName().replace('.', '/') + ".class";
    Path copy = directory.resolve("WEB-INF/classes").resolve(servlet);
    Files.createDirectories(copy.getParent());
    try (InputStream in = AskServlet.class.getClassLoader().getResourceAsStream(servlet)) {
      Files.copy(in, copy);
    }
    return directory;
  }

  private static String paths(Class<?>... classes) {
    return String.join(
        File.pathSeparator, Stream.of(classes).map(RedeployIT::path).map(Path::toString).toList());
  }

  private static Path path(Class<?> of) {
    return Path.of(of.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
