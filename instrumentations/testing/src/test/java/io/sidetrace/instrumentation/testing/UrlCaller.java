package io.sidetrace.instrumentation.testing;

import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.IOException;
import java.net.HttpURLConnection;

/** As little of a library as a loop of calls needs. */
final class UrlCaller extends BlockingCaller {

  @Override
  public Library library() {
    return new Library(name(), "JDK");
  }

  @Override
  public String name() {
    return "URL";
  }

  @Override
  protected Prepared prepare(Outgoing request) throws IOException {
    var connection = (HttpURLConnection) request.uri().toURL().openConnection();
    return new Prepared(() -> send(connection, request), connection::disconnect);
  }

  private static Incoming send(HttpURLConnection connection, Outgoing request) throws IOException {
    connection.setDoOutput(true);
    connection.getOutputStream().write(request.body());
    return new Answer(
        connection.getResponseCode(),
        connection::getHeaderField,
        connection::toString,
        connection::getInputStream,
        connection::disconnect);
  }
}
