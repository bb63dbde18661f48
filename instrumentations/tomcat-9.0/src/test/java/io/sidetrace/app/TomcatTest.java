package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Event.BodySize;
import io.sidetrace.event.Event.Level;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.sidetrace.instrumentation.testing.ContractServer;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.util.ServerInfo;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What only Tomcat has: its asynchronous mode, error pages, compression and HTTP/2. */
class TomcatTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private final EmbeddedTomcat tomcat = new EmbeddedTomcat();
  private final HttpClient client = HttpClient.newHttpClient();
  private ContractServer running;

  TomcatTest() throws Exception {}

  @AfterEach
  void stop() throws Exception {
    running.stop().run();
  }

  @Test
  void theTomcatUnderTest_isTheOneTheBuildNames() throws Exception {
    running = tomcat.start();

    assertThat(ServerInfo.getServerNumber()).startsWith(System.getProperty("tomcat.version"));
  }

  @Test
  void startAndDispatch_areOneRequestInOneContext() throws Exception {
    tomcat.serve(
        "/async",
        servlet(
            (request, response) -> {
              var async = request.startAsync();
              async.start(
                  () -> {
                    request.setAttribute("seen", traceparent());
                    async.dispatch("/target");
                  });
            }));
    tomcat.serve(
        "/target",
        servlet(
            (request, response) -> {
              response.setContentType("text/plain");
              response.getWriter().print(request.getAttribute("seen") + " " + traceparent());
            }));

    String answer = get("/async").body();

    Frame frame = agent.awaitEvent();
    String context = "00-" + frame.event().traceId() + "-" + frame.event().spanId() + "-01";
    assertThat(answer).isEqualTo(context + " " + context);
    assertThat(frame.response().toUtf8()).isEqualTo(answer);
    assertThat(frame.event().name()).isEqualTo("GET /async");
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  void aTimeout_endsTheRequest() throws Exception {
    tomcat.serve("/slow", servlet((request, response) -> request.startAsync().setTimeout(1)));

    int status = get("/slow").statusCode();

    Event event = agent.awaitEvent().event();
    assertThat(status).isEqualTo(500);
    assertThat(event.http().status()).isEqualTo(500);
    assertThat(event.level()).isEqualTo(Level.ERROR);
  }

  @Test
  void anExceptionAfterADispatch_isTheRootsError() throws Exception {
    tomcat.serve("/async", servlet((request, response) -> request.startAsync().dispatch("/fail")));
    tomcat.serve("/fail", failing());

    get("/async");

    Event event = agent.awaitEvent().event();
    assertThat(event.error().message()).isEqualTo("boom");
    assertThat(event.http().status()).isEqualTo(500);
  }

  @Test
  void aClientThatLeavesInAsynchronousMode_endsTheRequest() throws Exception {
    var left = new CountDownLatch(1);
    tomcat.serve(
        "/async",
        servlet(
            (request, response) -> {
              request.startAsync();
              var out = response.getOutputStream();
              out.write("on and on".getBytes(UTF_8));
              response.flushBuffer();
              new Thread(
                      () -> {
                        try {
                          left.await(10, TimeUnit.SECONDS);
                          while (true) {
                            out.write(new byte[9000]);
                            out.flush();
                          }
                        } catch (Exception e) {
                          // Tomcat ends the request by itself; many applications forget to.
                        }
                      })
                  .start();
            }));
    running = tomcat.start();

    try (var body = client.send(request("/async").build(), BodyHandlers.ofInputStream()).body()) {
      assertThat(body.read()).isPositive();
    }
    left.countDown();

    Event event = agent.awaitEvent().event();
    assertThat(event.level()).isEqualTo(Level.WARNING);
    assertThat(event.error().type()).endsWith("Exception");
  }

  @Test
  void anErrorPage_isPartOfTheFailedRequest() throws Exception {
    var page = new ErrorPage();
    page.setErrorCode(500);
    page.setLocation("/error");
    tomcat.context().addErrorPage(page);
    tomcat.serve("/fail", failing());
    tomcat.serve(
        "/error",
        servlet(
            (request, response) -> {
              response.setContentType("application/json");
              response.getWriter().print("{\"sorry\":true}");
            }));

    String answer = get("/fail").body();

    Frame frame = agent.awaitEvent();
    assertThat(answer).isEqualTo("{\"sorry\":true}");
    assertThat(frame.response().toUtf8()).isEqualTo(answer);
    assertThat(frame.event().error().message()).isEqualTo("boom");
    assertThat(frame.event().name()).isEqualTo("GET /fail");
  }

  @Test
  void aPathThatTomcatRefuses_isRecordedWithItsStatus() throws Exception {
    get("/a%2fb");

    assertThat(agent.awaitEvent().event().http().status()).isEqualTo(400);
  }

  @Test
  void bodiesThatTomcatCompresses_areKeptPlain() throws Exception {
    tomcat.connector().setProperty("compression", "force");
    tomcat.serve(
        "/text",
        servlet(
            (request, response) -> {
              response.setContentType("text/plain");
              response.flushBuffer(); // the head goes out, with Tomcat's Content-Encoding
              response.getWriter().print("plain");
            }));

    var request = request("/text").header("Accept-Encoding", "gzip").build();
    var answer = client.send(request, BodyHandlers.ofByteArray());

    Frame frame = agent.awaitEvent();
    assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
    assertThat(frame.response().toUtf8()).isEqualTo("plain");
    assertThat(frame.event().http().responseEncoding()).isNull();
  }

  @Test
  void uploads_areCountedAndNotKept() throws Exception {
    tomcat.serve(
        "/upload",
        servlet(
            (request, response) ->
                request.getInputStream().transferTo(response.getOutputStream())));
    var upload = request("/upload").header("Content-Type", "multipart/form-data; boundary=x");

    client.send(upload.POST(BodyPublishers.ofString("--x--")).build(), BodyHandlers.ofString());

    Frame frame = agent.awaitEvent();
    assertThat(frame.request().length()).isZero();
    assertThat(frame.event().requestSize()).isEqualTo(new BodySize(5, true, false));
  }

  @Test
  void http2_isRecordedStreamByStream() throws Exception {
    tomcat.connector().addUpgradeProtocol(new Http2Protocol());
    tomcat.serve("/echo", servlet(TomcatTest::echo));
    running = tomcat.start();
    var http2 = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();

    for (int i = 0; i < 3; i++) {
      var echo = request("/echo?i=" + i).header("Content-Type", "text/plain");
      var post = echo.POST(BodyPublishers.ofString("body " + i)).build();
      var answer = http2.send(post, BodyHandlers.ofString());
      assertThat(answer.body()).isEqualTo("body " + i);
      assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
    }

    var frames = agent.awaitEvents(3);
    assertThat(frames)
        .extracting(frame -> frame.request().toUtf8())
        .containsExactly("body 0", "body 1", "body 2");
    assertThat(frames)
        .extracting(frame -> frame.response().toUtf8())
        .containsExactly("body 0", "body 1", "body 2");
    assertThat(frames)
        .extracting(frame -> frame.event().http().url())
        .containsExactly("/echo?i=0", "/echo?i=1", "/echo?i=2");
  }

  private static void echo(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    response.setContentType("text/plain");
    request.getInputStream().transferTo(response.getOutputStream());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpRequest.Builder request(String path) throws Exception {
    if (running == null) {
      running = tomcat.start();
    }
    return HttpRequest.newBuilder(URI.create("http://localhost:" + running.port() + path));
  }

  private static String traceparent() {
    Context context = Context.current();
    return context == null ? "none" : context.traceparent();
  }

  private static HttpServlet failing() {
    return servlet(
        (request, response) -> {
          throw new IllegalStateException("boom");
        });
  }

  private interface Service {
    void serve(HttpServletRequest request, HttpServletResponse response) throws Exception;
  }

  private static HttpServlet servlet(Service service) {
    return new HttpServlet() {
      @Override
      protected void service(HttpServletRequest request, HttpServletResponse response)
          throws java.io.IOException {
        try {
          service.serve(request, response);
        } catch (RuntimeException | java.io.IOException e) {
          throw e;
        } catch (Exception e) {
          throw new IllegalStateException(e);
        }
      }
    };
  }
}
