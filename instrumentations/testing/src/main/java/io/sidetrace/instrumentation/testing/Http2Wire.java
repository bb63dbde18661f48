package io.sidetrace.instrumentation.testing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayDeque;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Streams of a connection, made by the JDK's client and shared with the other wires of a test. They
 * are read in the order in which they began.
 */
final class Http2Wire implements Wire {
  /** What HTTP/2 says by other means. */
  private static final Set<String> OF_HTTP_1 =
      Set.of("host", "connection", "content-length", "transfer-encoding", "keep");

  private final HttpClient client;
  private final URI server;
  private final Queue<CompletableFuture<HttpResponse<InputStream>>> answers = new ArrayDeque<>();
  private InputStream head = InputStream.nullInputStream();
  private InputStream body = InputStream.nullInputStream();

  Http2Wire(HttpClient client, URI server) {
    this.client = client;
    this.server = server;
  }

  @Override
  public void send(byte[] requests) throws IOException {
    var in = new ByteArrayInputStream(requests);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      answers.add(client.sendAsync(request(line.split(" ", 3), in), BodyHandlers.ofInputStream()));
    }
  }

  private HttpRequest request(String[] line, InputStream in) throws IOException {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      String[] parts = header.split(": ", 2);
      headers.put(parts[0], parts[1]);
    }
    BodyPublisher sent = body(headers.get("Content-Length"), headers.get("Transfer-Encoding"), in);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(server.resolve("/").resolve(URI.create(line[1])))
            .method(line[0], sent);
    headers.forEach(
        (name, value) -> {
          if (!OF_HTTP_1.contains(name.toLowerCase(Locale.ROOT))) {
            request.header(name, value);
          }
        });
    return request.build();
  }

  private static BodyPublisher body(
      @Nullable String length, @Nullable String encoding, InputStream in) throws IOException {
    if (length != null) {
      return BodyPublishers.ofByteArray(in.readNBytes(Integer.parseInt(length)));
    }
    if (encoding == null) {
      return BodyPublishers.noBody();
    }
    var chunks = new ByteArrayOutputStream();
    byte[] chunk;
    do {
      chunk = in.readNBytes(Integer.parseInt(line(in), 16));
      chunks.writeBytes(chunk);
      line(in);
    } while (chunk.length > 0);
    byte[] whole = chunks.toByteArray();
    return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(whole));
  }

  /** Without its end; empty at the end of all. */
  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString().stripTrailing();
  }

  @Override
  public String readUntil(String end) throws IOException {
    var read = new StringBuilder();
    while (read.indexOf(end, read.length() - end.length()) < 0) {
      int next = read();
      if (next < 0) {
        throw new IOException("no " + end + " in " + read);
      }
      read.append((char) next);
    }
    return read.toString();
  }

  /** A stream that is reset ends as well, and says so. */
  @Override
  public String readToEnd() throws IOException {
    var read = new StringBuilder();
    try {
      for (int next = read(); next >= 0; next = read()) {
        read.append((char) next);
      }
    } catch (IOException e) {
      read.append(e.getMessage());
    }
    return read.toString();
  }

  private int read() throws IOException {
    int next = head.read();
    if (next < 0) {
      next = body.read();
    }
    while (next < 0 && !answers.isEmpty()) {
      begin(answers.remove());
      next = head.read();
    }
    return next;
  }

  private void begin(CompletableFuture<HttpResponse<InputStream>> answer) throws IOException {
    try {
      HttpResponse<InputStream> response = answer.get(20, TimeUnit.SECONDS);
      var text = new StringBuilder().append(response.version()).append(' ');
      text.append(response.statusCode()).append("\r\n");
      response
          .headers()
          .map()
          .forEach((name, values) -> text.append(name).append(": ").append(values).append("\r\n"));
      head = new ByteArrayInputStream(text.append("\r\n").toString().getBytes(ISO_8859_1));
      body = response.body();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IOException(e);
    }
  }

  /** Resets the stream that is read. */
  @Override
  public void abort() throws IOException {
    body.close();
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
