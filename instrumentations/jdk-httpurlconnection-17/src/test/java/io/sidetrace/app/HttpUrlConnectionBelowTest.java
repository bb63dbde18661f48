package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.api.ClientCall;
import io.sidetrace.agent.api.Context;
import io.sidetrace.instrumentation.testing.Caller;
import io.sidetrace.instrumentation.testing.ClientContract;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import org.junit.jupiter.api.Test;

/** Below a client that is captured itself, such as Google's. */
class HttpUrlConnectionBelowTest extends ClientContract {

  @Override
  protected Caller caller() {
    return new HttpUrlConnectionCaller();
  }

  @Test
  void anAnswerReadAfterTheClientAboveIsDone_isNotAnotherCall() throws Exception {
    server.answer((request, reply) -> reply.begin(200, JSON).write(REPLY));
    var connection = (HttpURLConnection) server.uri(CHAT).toURL().openConnection();
    ClientCall above = ClientCall.begin("above", "POST", server.uri(CHAT).toString());
    Context previous = Context.attach(above.context());
    connection.setDoOutput(true);
    try (OutputStream body = connection.getOutputStream()) {
      body.write(QUESTION);
    }
    assertThat(connection.getResponseCode()).isEqualTo(200);
    Context.restore(previous);
    above.end();

    try (InputStream body = connection.getInputStream()) {
      assertThat(body.readAllBytes()).isEqualTo(REPLY);
    }

    assertThat(exchange().event().http().client()).isEqualTo("above");
    assertThat(agent.events()).hasSize(1);
  }
}
