package io.sidetrace.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Event;
import io.sidetrace.event.Event.Level;
import io.sidetrace.instrumentation.testing.coverage.Behaviour;
import io.sidetrace.instrumentation.testing.coverage.Covers;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The contract over HTTP/2: every request is a stream of one connection. In clear text the first
 * one asks for HTTP/2 in HTTP/1.1, as the JDK's client does.
 */
@SuppressWarnings("NullAway") // a null fails the test, as it should
@Timeout(60)
public abstract class ServerHttp2Contract extends ServerCallContract {
  private HttpClient client;

  /** Of the server; null: it speaks in clear text. */
  protected TestCertificate certificate() {
    return null;
  }

  @Override
  Wire connect() {
    return new Http2Wire(client(), address());
  }

  /** One for all requests of a test, so that they share a connection. */
  @Override
  HttpClient client() {
    if (client == null) {
      TestCertificate certificate = certificate();
      HttpClient.Builder builder = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2);
      client = (certificate == null ? builder : builder.sslContext(certificate.trusted())).build();
    }
    return client;
  }

  @Override
  URI address() {
    String scheme = certificate() == null ? "http" : "https";
    return URI.create(scheme + "://127.0.0.1:" + server.port());
  }

  /**
   * The JDK's client refuses to send a path that is none, and to who reads an answer that is reset
   * it may give less than it got.
   */
  @Override
  List<String> lines() {
    Set<String> others = Set.of("GET /%zz", "GET /fail-late");
    return super.lines().stream().filter(line -> !others.contains(line)).toList();
  }

  @Test
  @Covers(Behaviour.SERVED)
  void theProtocol_isHttp2() throws Exception {
    assertThat(exchange("POST /echo", "words")).startsWith("HTTP_2 200").endsWith("words");

    assertThat(agent.awaitEvent().request().toUtf8()).isEqualTo("words");
    assertThat(agent.events()).hasSize(1);
  }

  @Test
  @Covers(Behaviour.LEFT)
  void aStreamThatIsReset_leavesTheOthersAlone() throws Exception {
    exchange("GET /json", "");
    try (Wire other = connect();
        Wire wire = connect()) {
      other.send(request("GET /later", new byte[0]));
      wire.send(request("GET /endless", new byte[0]));
      wire.readUntil("again and again");
      wire.abort();
      Event event = agent.awaitEvents(2).get(1).event();
      assertThat(event.name()).isEqualTo("GET /endless");
      assertThat(event.level()).isEqualTo(Level.WARNING);
      application.gate.release();
      assertThat(other.readToEnd()).endsWith("at last");
    }

    Event event = agent.awaitEvents(3).get(2).event();
    assertThat(event.name()).isEqualTo("GET /later");
    assertThat(event.level()).isNull();
  }
}
