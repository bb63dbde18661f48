package io.sidetrace.daemon.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Consumer;

/** Does a daemon run, and what does it say; or else is its port free? */
final class PortCheck implements Check {
  private static final String SUBJECT = "daemon";
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final String host;
  private final int port;

  PortCheck(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public void look(Consumer<Finding> to) throws InterruptedException {
    if (port < 1) {
      to.accept(
          Finding.warn(
              SUBJECT, "ops-port is " + port + ", so nobody can ask it", "set it for monitoring"));
      return;
    }
    if (isFree()) {
      to.accept(
          Finding.warn(
              SUBJECT, "none is running; port " + port + " is free for it", "start the daemon"));
      return;
    }
    try {
      HttpResponse<String> ready = get("/readyz");
      boolean ours = get("/ledger").body().contains("\"deadLettered\"");
      if (!ours) {
        taken(to, "answers, but not as the daemon does");
      } else if (ready.statusCode() == 200) {
        to.accept(Finding.ok(SUBJECT, "runs and is ready, port " + port));
      } else {
        String why = ready.body().strip().replace("\n", "; ");
        to.accept(Finding.fail(SUBJECT, "runs, but: " + why, "see the other lines and its log"));
      }
    } catch (IOException e) {
      taken(to, "does not answer: " + e.getMessage());
    }
  }

  private void taken(Consumer<Finding> to, String how) {
    to.accept(
        Finding.fail(
            SUBJECT,
            "something else holds port " + port + ": it " + how,
            "choose another by ops-port; without, there are no metrics and no status"));
  }

  private boolean isFree() {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    String to = host.equals("0.0.0.0") ? "127.0.0.1" : host;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + to + ":" + port + path))
            .timeout(ANSWER)
            .build();
    return HttpClient.newBuilder()
        .connectTimeout(ANSWER)
        .build()
        .send(request, HttpResponse.BodyHandlers.ofString());
  }
}
