package io.sidetrace.app;

import io.sidetrace.instrumentation.testing.BlockingCaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;

/** {@code HttpURLConnection} as its users call it. */
final class HttpUrlConnectionCaller extends BlockingCaller {

  @Override
  public String name() {
    return "HttpURLConnection";
  }

  @Override
  public boolean inflates(String encoding) {
    return false;
  }

  @Override
  public boolean speaksHttp2() {
    return false;
  }

  /** Its streams are for one thread; whoever reads while another disconnects sees one of two. */
  @Override
  public boolean cancelsAlike() {
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
