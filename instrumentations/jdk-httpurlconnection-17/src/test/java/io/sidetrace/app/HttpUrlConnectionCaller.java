package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.Answer;
import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.util.EnumMap;
import java.util.Map;

/** {@code HttpURLConnection} as its users call it. */
final class HttpUrlConnectionCaller extends BlockingCaller {

  @Override
  public Library library() {
    return Library.of("HttpURLConnection", HttpURLConnection.class);
  }

  @Override
  public Map<Limit, String> limits() {
    Map<Limit, String> limits = new EnumMap<>(super.limits());
    limits.put(
        Limit.CANCELS_VARIOUSLY,
        "its streams are for one thread; who reads while another disconnects sees one of two"
            + " failures.");
    return limits;
  }

  @Override
  public String name() {
    return "HttpURLConnection";
  }

  @Override
  protected Prepared prepare(Outgoing outgoing) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) outgoing.uri().toURL().openConnection();
    return new Prepared(() -> send(connection, outgoing), connection::disconnect);
  }

  private static Incoming send(HttpURLConnection connection, Outgoing outgoing) throws IOException {
    connection.setRequestMethod(outgoing.method());
    outgoing.headers().forEach(connection::setRequestProperty);
    outgoing.ifTimed(limit -> connection.setReadTimeout((int) limit.toMillis()));
    if (outgoing.body() != null) {
      connection.setDoOutput(true);
      if (outgoing.oneShot()) {
        connection.setChunkedStreamingMode(0);
      }
      try (OutputStream body = connection.getOutputStream()) {
        body.write(outgoing.body());
      }
    }
    int status = connection.getResponseCode();
    return new Answer(
        status,
        connection::getHeaderField,
        () -> connection.getRequestMethod() + outgoing.uri() + connection.getDoOutput(),
        () -> status < 400 ? connection.getInputStream() : connection.getErrorStream(),
        connection::disconnect);
  }
}
