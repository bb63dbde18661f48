package io.sidetrace.daemon.run;

import io.micrometer.core.instrument.Tags;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.export.Lane;
import io.sidetrace.daemon.ops.Metrics;
import io.sidetrace.daemon.ops.OpsServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the daemon tells of its parts, and where. */
final class Watch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Watch.class);

  private final Metrics metrics;
  private final List<SourceLoop> sources;
  private final List<Lane> lanes;
  private final DeadLetters deadLetters;
  private @Nullable OpsServer server;

  Watch(
      Metrics metrics,
      InFlight inFlight,
      List<SourceLoop> sources,
      List<Lane> lanes,
      DeadLetters deadLetters) {
    this.metrics = metrics;
    this.sources = sources;
    this.lanes = lanes;
    this.deadLetters = deadLetters;
    metrics.gauge("sidetrace.in.flight.bytes", Tags.empty(), inFlight::bytes);
    metrics.gauge("sidetrace.dead.letters.full", Tags.empty(), () -> deadLetters.isFull() ? 1 : 0);
    for (SourceLoop source : sources) {
      metrics.gauge(
          "sidetrace.source.up",
          Tags.of("source", source.source().name()),
          () -> source.source().trouble() == null ? 1 : 0);
    }
    for (Lane lane : lanes) {
      Tags tags = Tags.of("exporter", lane.name());
      metrics.gauge("sidetrace.exporter.up", tags, () -> lane.trouble() == null ? 1 : 0);
    }
  }

  /** A port that is taken costs the metrics, not the events. */
  void serve(int port) {
    try {
      OpsServer started = OpsServer.start(port, metrics, this::broken, this::hindered);
      server = started;
      log.info("metrics and health at http://127.0.0.1:{}/metrics", started.port());
    } catch (IOException e) {
      log.warn("no metrics and health: port {} is taken; choose another by --ops-port", port);
    }
  }

  int port() {
    return server == null ? -1 : server.port();
  }

  private List<String> broken() {
    return sources.stream()
        .filter(source -> !source.isAlive())
        .map(source -> "the thread that reads " + source.source().name() + " has died")
        .toList();
  }

  private List<String> hindered() {
    List<String> troubles = new ArrayList<>(broken());
    for (SourceLoop source : sources) {
      String trouble = source.source().trouble();
      if (trouble != null) {
        troubles.add(source.source().name() + ": " + trouble);
      }
    }
    for (Lane lane : lanes) {
      String trouble = lane.trouble();
      if (trouble != null) {
        troubles.add(lane.name() + ": " + trouble);
      }
    }
    if (deadLetters.isFull()) {
      troubles.add("dead letters take no more");
    }
    return troubles;
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
    }
  }
}
