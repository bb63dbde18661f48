package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.DaemonOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sidetrace status}: what a running daemon says of itself. */
@Command(
    name = "status",
    description = {
      "Shows how the running daemon is: throughput, backlog, age of the oldest event, in flight,"
          + " retries, dead letters by reason, and events that agents numbered and that never came.",
      "",
      "Exits with 0 if all is well, 1 if something keeps it from reading or exporting, or no daemon"
          + " answers."
    },
    mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {
  private static final Duration ANSWER = Duration.ofSeconds(10);

  @Option(names = "--json", description = "Print it as one JSON object.")
  private boolean json;

  @Option(
      names = "--url",
      paramLabel = "<URL>",
      description = "Where the daemon's pages are. Default: as ops-host and ops-port say.")
  private @Nullable URI url;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  static CommandLine commandLine() {
    return OptionFlags.addTo(new CommandLine(new StatusCommand()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    URI base = url == null ? configured() : url;
    HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER).build();
    HttpResponse<String> status = get(client, base, json ? "/status" : "/status.txt");
    spec.commandLine().getOut().print(status.body());
    spec.commandLine().getOut().flush();
    return get(client, base, "/readyz").statusCode() == 200 ? 0 : CommandLine.ExitCode.SOFTWARE;
  }

  private URI configured() throws IOException {
    DaemonOptions options = OptionFlags.readOrRefuse(spec);
    if (options.opsPort() < 1) {
      throw new IOException(
          "ops-port is " + options.opsPort() + ", so the daemon cannot be found; give --url");
    }
    String host = options.opsHost().equals("0.0.0.0") ? "127.0.0.1" : options.opsHost();
    return URI.create(
        "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + options.opsPort());
  }

  private static HttpResponse<String> get(HttpClient client, URI base, String path)
      throws IOException, InterruptedException {
    URI page = base.resolve(path);
    try {
      return client.send(
          HttpRequest.newBuilder(page).timeout(ANSWER).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (ConnectException | HttpTimeoutException e) {
      throw new IOException(
          "no daemon answers at " + base + "; is it running? See systemctl status sidetrace", e);
    }
  }
}
