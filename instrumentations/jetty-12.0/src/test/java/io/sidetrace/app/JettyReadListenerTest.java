package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.sidetrace.instrumentation.testing.FrameworkContract;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A body of which each piece is sent when the application waits for it: Jetty calls it anew for
 * each, on another thread or on the one that has just left.
 */
class JettyReadListenerTest {
  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private final Semaphore wanted = new Semaphore(1);

  @Test
  void aReadListener_isCalledInsideTheContext() throws Exception {
    var servlets = new ServletContextHandler("/");
    var holder = new ServletHolder(new Listening());
    holder.setAsyncSupported(true);
    servlets.addServlet(holder, "/*");
    ContractServer server = EmbeddedJetty.start(servlets);
    try (var client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      client.setSoTimeout(20_000);
      String contexts = send(client, "piece after piece");

      Frame frame = agent.awaitEvent();
      Event event = frame.event();
      assertThat(contexts).isEqualTo("[00-" + event.traceId() + "-" + event.spanId() + "-01]");
      assertThat(frame.request().toUtf8()).isEqualTo("piece after piece");
    } finally {
      server.stop().run();
    }
  }

  /** Sends each byte when the one before was read; the answer's body. */
  private String send(Socket client, String text) throws Exception {
    String head =
        """
        POST /pieces HTTP/1.1
        Host: test
        Connection: close
        Content-Type: text/plain
        Content-Length: %d

        """
            .formatted(text.length());
    OutputStream out = client.getOutputStream();
    out.write(head.replace("\n", "\r\n").getBytes(US_ASCII));
    for (byte piece : text.getBytes(US_ASCII)) {
      assertThat(wanted.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
      out.write(piece);
    }
    String answer = new String(client.getInputStream().readAllBytes(), US_ASCII);
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  /** Answers with the contexts in which it was called. */
  private final class Listening extends HttpServlet {

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      AsyncContext async = request.startAsync();
      ServletInputStream body = request.getInputStream();
      Set<String> contexts = ConcurrentHashMap.newKeySet();
      body.setReadListener(
          new ReadListener() {

            @Override
            public void onDataAvailable() throws IOException {
              contexts.add(FrameworkContract.where());
              var piece = new byte[8];
              int length = 0;
              while (length >= 0 && body.isReady()) {
                length = body.read(piece);
              }
              wanted.release();
            }

            @Override
            public void onAllDataRead() throws IOException {
              contexts.add(FrameworkContract.where());
              response.getWriter().print(contexts);
              async.complete();
            }

            @Override
            public void onError(Throwable failure) {
              async.complete();
            }
          });
    }
  }
}
