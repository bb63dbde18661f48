package io.sidetrace.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.AgentExtension;
import io.sidetrace.instrumentation.testing.ContractServer;
import io.undertow.server.HttpServerExchange;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.xnio.channels.StreamSourceChannel;

/** A handler that waits for its body by a listener, as Spring WebFlux does. */
class UndertowListenerTest {

  @RegisterExtension static final AgentExtension agent = new AgentExtension();

  private final CountDownLatch waiting = new CountDownLatch(1);

  @Test
  void aListenerOfTheBody_runsInsideTheContext() throws Exception {
    ContractServer server = EmbeddedUndertow.start(this::handle);
    String answer;
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(
              "POST /listen HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nConnection: close\r\n\r\n"
                  .getBytes(US_ASCII));
      assertThat(waiting.await(10, TimeUnit.SECONDS)).isTrue();
      socket.getOutputStream().write("late".getBytes(US_ASCII));
      answer = new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } finally {
      server.stop().run();
    }

    Frame frame = agent.awaitEvent();
    Event event = frame.event();
    assertThat(answer).endsWith("00-" + event.traceId() + "-" + event.spanId() + "-01");
    assertThat(frame.request().toUtf8()).isEqualTo("late");
    assertThat(frame.response().toUtf8()).endsWith(event.spanId() + "-01");
  }

  private void handle(HttpServerExchange exchange) {
    StreamSourceChannel body = exchange.getRequestChannel();
    body.getReadSetter().set(channel -> answer(exchange, channel));
    exchange.dispatch(
        exchange.getIoThread(),
        () -> {
          body.resumeReads();
          waiting.countDown();
        });
  }

  private static void answer(HttpServerExchange exchange, StreamSourceChannel body) {
    ByteBuffer bytes = ByteBuffer.allocate(10);
    try {
      while (body.read(bytes) > 0) {}
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    Context context = Context.current();
    exchange.getResponseSender().send(context == null ? "none" : context.traceparent());
  }
}
