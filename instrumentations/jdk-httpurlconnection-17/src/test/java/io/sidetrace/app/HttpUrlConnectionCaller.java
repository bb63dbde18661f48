package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.BlockingCaller;
import io.sidetrace.instrumentation.testing.coverage.Library;
import io.sidetrace.instrumentation.testing.coverage.Limit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
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
    limits.put(Limit.NO_HTTP_2, "it speaks HTTP/1.1 only.");
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
  public boolean inflates(String encoding) {
    return false;
  }

  @Override
  protected Prepared prepare(Outgoing outgoing) throws IOException {
    HttpURLConnection connection = (HttpURLConnection) outgoing.uri().toURL().openConnection();
    return new Prepared() {
      @Override
      public Incoming send() throws IOException {
        return HttpUrlConnectionCaller.send(connection, outgoing);
      }

      @Override
      public void cancel() {
        connection.disconnect();
      }
    };
  }

  private static Incoming send(HttpURLConnection connection, Outgoing outgoing) throws IOException {
    connection.setRequestMethod(outgoing.method());
    outgoing.headers().forEach(connection::setRequestProperty);
    if (outgoing.timeout() != null) {
      connection.setReadTimeout((int) outgoing.timeout().toMillis());
    }
    if (outgoing.body() != null) {
      connection.setDoOutput(true);
      if (outgoing.oneShot()) {
        connection.setChunkedStreamingMode(0);
      }
      try (OutputStream body = connection.getOutputStream()) {
        body.write(outgoing.body());
      }
    }
    return new Answer(connection, connection.getResponseCode(), outgoing.uri().toString());
  }

  private record Answer(HttpURLConnection connection, int status, String url) implements Incoming {

    @Override
    public String header(String name) {
      return connection.getHeaderField(name);
    }

    @Override
    public String request() {
      return connection.getRequestMethod() + url + connection.getDoOutput();
    }

    @Override
    public InputStream body() {
      try {
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        return body == null ? InputStream.nullInputStream() : body;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void cancel() {
      connection.disconnect();
    }
  }
}
