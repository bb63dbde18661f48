package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.HeaderLookup;
import io.sidetrace.agent.api.ServerCall;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.instrumentation.testing.Caller.Incoming;
import io.sidetrace.instrumentation.testing.Caller.Outgoing;
import io.sidetrace.instrumentation.testing.coverage.CoverageExtension;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the contracts of client libraries share: a server, the agent, and a caller. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
@NullUnmarked // a null where none may be fails the test
@ExtendWith(CoverageExtension.class)
public abstract class ClientContract implements Covered {
  protected static final String CHAT = "/v1/chat/completions";
  protected static final String JSON = "application/json";
  protected static final byte[] QUESTION = utf8("{\"model\":\"m\",\"messages\":[]}");
  protected static final byte[] REPLY = utf8("{\"choices\":[{\"index\":0}]}");

  @RegisterExtension protected final AgentExtension agent = new AgentExtension();

  protected FakeLlm server;

  /** The library under test. */
  protected abstract Caller caller();

  @Override
  public Library library() {
    return caller().library();
  }

  @Override
  public Map<Limit, String> limits() {
    return caller().limits();
  }

  /** Whether the library keeps less than the strict contract here. */
  protected final boolean is(Limit limit) {
    return limits().containsKey(limit);
  }

  @BeforeAll
  void startServer() {
    server = FakeLlm.start();
  }

  @AfterAll
  void stopServer() {
    server.close();
    NettyLeaks.assertNone();
  }

  protected Outgoing question() {
    return Outgoing.post(server.uri(CHAT), QUESTION);
  }

  protected Incoming call(Outgoing request) throws Exception {
    return caller().call(request);
  }

  protected byte[] read(Outgoing request) throws Exception {
    return read(call(request));
  }

  protected static byte[] read(Incoming answer) throws Exception {
    try (var body = answer.body()) {
      return body.readAllBytes();
    }
  }

  protected static byte[] readUnchecked(Incoming answer) {
    try {
      return read(answer);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Asks a port of its own: right after a refusal, the AWS SDK's pool sometimes waits 10 s. */
  protected static Outgoing toNobody() throws IOException {
    try (ServerSocket free = new ServerSocket(0)) {
      int port = free.getLocalPort();
      return Outgoing.post(URI.create("http://localhost:" + port + CHAT), QUESTION);
    }
  }

  /** Not one byte more: {@code readNBytes} of some streams waits for the next. */
  protected static byte[] read(InputStream body, int count) throws IOException {
    byte[] bytes = new byte[count];
    new DataInputStream(body).readFully(bytes);
    return bytes;
  }

  /** Runs the work as if there were no agent. */
  protected <T> T untraced(Callable<T> work) throws Exception {
    Tracer.install(null);
    try {
      return work.call();
    } finally {
      agent.install();
    }
  }

  /** Runs the work inside a served request, whose event comes last. */
  protected Event inRequest(Work work) throws Exception {
    ServerCall request = ServerCall.begin("POST", "/ask", HeaderLookup.NONE);
    Context.attach(request.context());
    try {
      work.run();
      assertThat(Context.current()).as("context after the work").isSameAs(request.context());
    } finally {
      Context.restore(null);
      request.end(200, null);
    }
    return agent.events().stream()
        .map(Frame::event)
        .filter(event -> event.kind() == Event.Kind.REQUEST)
        .findFirst()
        .orElseThrow();
  }

  /** Waits for the only exchange. */
  protected Frame exchange() {
    Frame frame = agent.awaitEvent();
    assertThat(frame.event().kind()).isEqualTo(Event.Kind.EXCHANGE);
    return frame;
  }

  protected static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Something that may fail. */
  @FunctionalInterface
  protected interface Work {
    void run() throws Exception;
  }
}
