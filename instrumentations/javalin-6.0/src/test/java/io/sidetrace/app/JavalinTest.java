package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.Javalin;
import io.javalin.apibuilder.ApiBuilder;
import io.javalin.apibuilder.EndpointGroup;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class JavalinTest extends FrameworkContract {

  @Test
  void theVersionUnderTest_isTheOneTheBuildNames() {
    String jar = Javalin.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertThat(jar).contains("javalin-" + System.getProperty("javalin.version"));
  }

  @Override
  public Library library() {
    return Library.of("Javalin", Javalin.class);
  }

  @Override
  protected ContractServer start() {
    Javalin javalin = Javalin.create(config -> routes(config, JavalinTest::application));
    javalin.start("127.0.0.1", 0);
    return new ContractServer(javalin.port(), javalin::stop);
  }

  private static void application() {
    ApiBuilder.before(context -> context.contentType("text/plain"));
    ApiBuilder.after("/chats/*", context -> context.header("X-After", "yes"));
    ApiBuilder.get("/chats/{id}", context -> context.result(ask()));
    ApiBuilder.get(
        "/later/{id}",
        context ->
            context.future(
                () ->
                    CompletableFuture.supplyAsync(FrameworkContract::ask)
                        .thenAccept(context::result)));
    ApiBuilder.get("/stream/{id}", JavalinTest::stream);
    ApiBuilder.get(
        "/fail/{id}",
        context -> {
          throw new IllegalStateException("boom");
        });
    ApiBuilder.get("/health", context -> context.result(where()));
  }

  private static void stream(Context context) {
    try (OutputStream out = context.outputStream()) {
      out.write("one ".getBytes(UTF_8));
      out.flush();
      out.write(ask().getBytes(UTF_8));
      out.flush();
      out.write(" three".getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code config.router.apiBuilder(…)} in Javalin 6, {@code config.routes.apiBuilder(…)} in 7. */
  private static void routes(JavalinConfig config, EndpointGroup group) {
    String name = System.getProperty("javalin.version").startsWith("6.") ? "router" : "routes";
    try {
      Object routes = JavalinConfig.class.getField(name).get(config);
      routes.getClass().getMethod("apiBuilder", EndpointGroup.class).invoke(routes, group);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
