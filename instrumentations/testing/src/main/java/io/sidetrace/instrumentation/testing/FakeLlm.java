package io.sidetrace.instrumentation.testing;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.ExpandWar;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.http2.Http2Protocol;

/**
 * A server on a free port of this machine that answers every request as the test says, over
 * HTTP/1.1 and cleartext HTTP/2. What it received is kept.
 */
public final class FakeLlm implements AutoCloseable {

  /** Answers one request, on a thread of its own; may wait for the test. */
  @FunctionalInterface
  public interface Answer {
    void to(Received request, Reply reply) throws Exception;
  }

  /**
   * @param target path and query
   * @param headers names in lower case, the first value of each
   */
  public record Received(
      String method, String target, String protocol, Map<String, String> headers, byte[] body) {}

  private final Tomcat tomcat = new Tomcat();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile Answer answer = (request, reply) -> reply.send(200, "text/plain", new byte[0]);

  private final File directory;

  private FakeLlm(File directory) {
    this.directory = directory;
  }

  public static FakeLlm start() {
    Logger.getLogger("org.apache").setLevel(Level.OFF); // it reports the failures tests ask for
    try {
      FakeLlm server = new FakeLlm(Files.createTempDirectory("fake-llm").toFile());
      Tomcat tomcat = server.tomcat;
      tomcat.setBaseDir(server.directory.getPath());
      tomcat.setPort(0);
      tomcat.getConnector().addUpgradeProtocol(new Http2Protocol());
      tomcat.getConnector().setProperty("connectionTimeout", "60000");
      tomcat.getConnector().setProperty("keepAliveTimeout", "60000");
      tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1"); // clients race with its end
      Context root = tomcat.addContext("", null);
      Tomcat.addServlet(root, "answer", server.new AnswerServlet()).addMapping("/*");
      tomcat.start();
      return server;
    } catch (IOException | LifecycleException e) {
      throw new IllegalStateException("the test's server does not start", e);
    }
  }

  /** From now on; forgets what was received. */
  public void answer(Answer answer) {
    received.clear();
    this.answer = answer;
  }

  /** In the order the bodies were complete. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  public URI uri(String target) {
    return URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + target);
  }

  @Override
  public void close() {
    try {
      tomcat.stop();
      tomcat.destroy();
      ExpandWar.delete(directory);
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The answer under way. */
  public static final class Reply {
    private final HttpServletResponse response;

    Reply(HttpServletResponse response) {
      this.response = response;
    }

    /** A whole answer with {@code Content-Length}; without a body if {@code body} is empty. */
    public void send(int status, String contentType, byte[] body) throws IOException {
      begin(status, contentType);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    }

    /** The head of an answer that {@link #write} continues, in chunks. */
    public Reply begin(int status, String contentType) {
      response.setStatus(status);
      response.setContentType(contentType);
      return this;
    }

    public Reply header(String name, String value) {
      response.setHeader(name, value);
      return this;
    }

    /** Sends at once. */
    public void write(byte[] chunk) throws IOException {
      response.getOutputStream().write(chunk);
      response.flushBuffer();
    }

    /** Breaks the answer off; the last thing an answer does. */
    public void breakOff() throws IOException {
      response.flushBuffer();
      throw new BrokenOff();
    }
  }

  private static final class BrokenOff extends RuntimeException {}

  private final class AnswerServlet extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      Map<String, String> headers = new TreeMap<>();
      for (String name : Collections.list(request.getHeaderNames())) {
        headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name));
      }
      String query = request.getQueryString();
      Received whole =
          new Received(
              request.getMethod(),
              request.getRequestURI() + (query == null ? "" : "?" + query),
              request.getProtocol(),
              headers,
              request.getInputStream().readAllBytes());
      received.add(whole);
      try {
        answer.to(whole, new Reply(response));
      } catch (RuntimeException | IOException e) {
        throw e;
      } catch (Exception e) {
        throw new UncheckedIOException(new IOException(e));
      }
    }
  }
}
