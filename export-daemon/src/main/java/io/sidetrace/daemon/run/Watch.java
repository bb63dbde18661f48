package io.sidetrace.daemon.run;

import io.micrometer.core.instrument.Tags;
import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.ops.Metrics;
import io.sidetrace.daemon.ops.OpsServer;
import io.sidetrace.daemon.ops.ServiceManager;
import io.sidetrace.daemon.ops.Status;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the daemon tells of its parts, and whom: scrapers, people and systemd. */
final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Figures.Parts parts;
  private final Figures figures;
  private final Metrics metrics;
  private final HeapSize heap = new HeapSize();
  private final Pulse pulse;
  private @Nullable OpsServer server;

  Watch(Figures.Parts parts, Metrics metrics, ServiceManager manager) {
    this.parts = parts;
    this.figures = new Figures(parts);
    this.metrics = metrics;
    this.pulse = new Pulse(manager, this::broken, this::words, this::look);
    addGauges();
  }

  private void look() {
    figures.look();
    heap.look(parts.ledger().snapshot().received());
  }

  /** A port that is taken costs the metrics, not the events. */
  void start() {
    int port = parts.options().opsPort();
    if (port >= 0) {
      serve(new InetSocketAddress(parts.options().opsHost(), port));
    }
    pulse.start();
  }

  private void serve(InetSocketAddress address) {
    OpsServer.Answers answers =
        new OpsServer.Answers(
            metrics::scrape, this::broken, this::hindered, () -> figures.status(hindered()));
    try {
      OpsServer started = OpsServer.start(address, answers);
      server = started;
      String host = parts.options().opsHost();
      log.info("metrics and health at http://{}:{}/metrics", host, started.port());
    } catch (IOException e) {
      log.warn(
          "no metrics, health or status: cannot listen on {}: {}; choose another by --ops-host and"
              + " --ops-port",
          address,
          e.getMessage());
    }
  }

  int port() {
    return server == null ? -1 : server.port();
  }

  private void addGauges() {
    metrics.gauge("sidetrace.in.flight.bytes", Tags.empty(), parts.inFlight()::bytes);
    metrics.gauge(
        "sidetrace.dead.letters.full", Tags.empty(), () -> parts.deadLetters().isFull() ? 1 : 0);
    metrics.gauge(
        "sidetrace.sequence.missing", Tags.empty(), () -> parts.gaps().missing(System.nanoTime()));
    for (SourceLoop source : parts.sources()) {
      String name = source.source().name();
      Tags tags = Tags.of("source", name);
      metrics.gauge("sidetrace.source.up", tags, () -> up(source.source().trouble()));
      backlog("sidetrace.source.waiting", tags, name, Status.Backlog::waiting);
      backlog("sidetrace.source.claimed", tags, name, Status.Backlog::claimed);
      backlog(
          "sidetrace.source.oldest.seconds",
          tags,
          name,
          found -> found.oldestSeconds(Instant.now()));
    }
    for (Lane<?> lane : parts.lanes()) {
      Tags tags = Tags.of("exporter", lane.name());
      metrics.gauge("sidetrace.exporter.up", tags, () -> up(lane.trouble()));
      metrics.count("sidetrace.exporter.retries", tags, lane::retries);
    }
  }

  private void backlog(
      String name, Tags tags, String source, ToDoubleFunction<Status.Backlog> value) {
    metrics.gauge(
        name,
        tags,
        () -> {
          Status.Backlog found = figures.backlog(source);
          return found == null ? Double.NaN : value.applyAsDouble(found);
        });
  }

  private static int up(@Nullable String trouble) {
    return trouble == null ? 1 : 0;
  }

  private List<String> broken() {
    List<String> troubles = new ArrayList<>();
    for (SourceLoop source : parts.sources()) {
      String name = source.source().name();
      if (!source.isAlive()) {
        troubles.add("the thread that reads " + name + " has died");
      } else if (source.isStuck()) {
        troubles.add("the thread that reads " + name + " hangs");
      }
    }
    for (Lane<?> lane : parts.lanes()) {
      if (!lane.isAlive()) {
        troubles.add("a thread that sends to " + lane.name() + " has died");
      }
    }
    return troubles;
  }

  private List<String> hindered() {
    List<String> troubles = new ArrayList<>(broken());
    for (SourceLoop source : parts.sources()) {
      String trouble = source.source().trouble();
      if (trouble != null) {
        troubles.add(source.source().name() + ": " + trouble);
      }
    }
    for (Lane<?> lane : parts.lanes()) {
      String trouble = lane.trouble();
      if (trouble != null) {
        troubles.add(lane.name() + ": " + trouble);
      }
    }
    if (parts.deadLetters().isFull()) {
      troubles.add("dead letters take no more");
    }
    return troubles;
  }

  /** For {@code systemctl status}. */
  private String words() {
    List<String> troubles = hindered();
    String ledger = parts.ledger().snapshot().inWords();
    return troubles.isEmpty() ? ledger : String.join("; ", troubles) + "; " + ledger;
  }

  /** Says that the daemon is about to stop; the pages stay until {@link #close}. */
  void stopping() {
    pulse.close();
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
