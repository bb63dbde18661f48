package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.instrumentation.testing.coverage.CoverageExtension;
import io.sidetrace.instrumentation.testing.coverage.Covered;
import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A server under test and a client that speaks to it. */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(CoverageExtension.class)
abstract class ServerFixture implements Covered {

  @RegisterExtension protected static final AgentExtension agent = new AgentExtension();

  protected final ContractApplication application = new ContractApplication();

  @SuppressWarnings("NullAway.Init") // JUnit starts it first
  ContractServer server;

  /** Starts the library's server on a free port of the loopback address. */
  protected abstract ContractServer start(ContractApplication application) throws Exception;

  /** Its class's name and no version, until a test says better. */
  @Override
  public Library library() {
    return new Library(getClass().getSimpleName().replace("ContractTest", ""), "?");
  }

  @BeforeAll
  final void startServer() throws Exception {
    server = start(application);
  }

  @AfterAll
  final void stopServer() throws Exception {
    server.stop().run();
    NettyLeaks.assertNone();
  }

  /** To the server that runs. */
  Wire connect() throws IOException {
    return new HttpWire(server.port());
  }

  /** One request on a connection of its own; everything that comes back. */
  final String exchange(byte[] request) throws IOException {
    try (Wire wire = connect()) {
      wire.send(request);
      return wire.readToEnd();
    }
  }

  /** Sends a request of text on a connection of its own; the answer as it came. */
  protected final String exchange(String line, String body, String... headers) throws IOException {
    return exchange(line, body.getBytes(UTF_8), headers);
  }

  final String exchange(String line, byte[] body, String... headers) throws IOException {
    return exchange(request(line, body, headers));
  }

  static byte[] request(String line, byte[] body, String... headers) {
    var head = new StringBuilder(line).append(" HTTP/1.1\r\nHost: test\r\n");
    Set<String> given = Set.of(headers);
    for (String header : given) {
      head.append(header).append("\r\n");
    }
    if (!given.contains("Keep: 1")) {
      head.append("Connection: close\r\n");
    }
    if (given.stream().noneMatch(header -> header.startsWith("Content-Type"))) {
      head.append("Content-Type: text/plain\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    return concat(head.append("\r\n").toString().getBytes(ISO_8859_1), body);
  }

  static byte[] concat(byte[] head, byte[] body) {
    var both = new ByteArrayOutputStream();
    both.writeBytes(head);
    both.writeBytes(body);
    return both.toByteArray();
  }
}
