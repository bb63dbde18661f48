package io.sidetrace.daemon.run;

import io.sidetrace.daemon.export.console.ConsoleExporter;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.daemon.shape.RuleCounts;
import io.sidetrace.daemon.shape.Rules;
import io.sidetrace.daemon.shape.Shaper;
import io.sidetrace.daemon.shape.Subject;
import io.sidetrace.daemon.source.Delivery;
import io.sidetrace.daemon.source.Intake;
import io.sidetrace.daemon.source.Receipt;
import io.sidetrace.daemon.source.RedisTail;
import io.sidetrace.daemon.source.RedisTarget;
import io.sidetrace.daemon.source.SpoolTail;
import io.sidetrace.event.Event;
import io.sidetrace.event.EventFormatException;
import io.sidetrace.event.EventReader;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows traces as they pass, beside the daemon. It takes nothing away; masks and cuts apply as they
 * do for exporters, filters and samples do not.
 */
public final class Tail implements Intake {
  private static final Logger log = LoggerFactory.getLogger(Tail.class);
  private static final int LOOK_MILLIS = 50;

  private final DaemonOptions options;
  private final EventReader events = new EventReader();
  private final Shaper shaper;
  private final Rules rules;
  private final ConsoleExporter screen;

  private Tail(DaemonOptions options, ConsoleExporter screen) {
    this.options = options;
    this.shaper = new Shaper(new Shaper.Defaults(options.environment(), options.release()));
    this.rules = ConfiguredRules.of(options.shape(), false, new RuleCounts());
    this.screen = screen;
  }

  /**
   * Follows the sources that the options name, until the thread is interrupted.
   *
   * @throws IOException if one cannot be read
   */
  public static void follow(DaemonOptions options, TraceFilter wanted)
      throws IOException, InterruptedException {
    try (ConsoleExporter screen = Exporters.console(wanted)) {
      new Tail(options, screen).follow();
    }
  }

  private void follow() throws IOException, InterruptedException {
    RedisTarget redis = options.redisTarget();
    try (SpoolTail spool = options.readsSpool() ? new SpoolTail(options.spool()) : null;
        RedisTail streams = redis == null ? null : new RedisTail(redis, options.redisStreams())) {
      if (spool != null) {
        spool.read(this);
        log.info("following the spool {}", options.spool());
      }
      if (streams != null) {
        log.info("following Redis");
      }
      while (true) {
        boolean read = spool != null && spool.read(this);
        read |= streams != null && streams.read(this);
        if (!read && streams == null) {
          TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
      }
    }
  }

  @Override
  public void deliver(Delivery delivery) {
    try {
      Event event = events.read(delivery.event());
      Observation shaped = shaper.shape(event, delivery.request(), delivery.response());
      screen.export(List.of(rules.change(shaped, Subject.of(event))));
    } catch (EventFormatException e) {
      log.debug("passed over an event that cannot be read: {}", e.getMessage());
    }
  }

  @Override
  public void unreadable(Slice bytes, String reason, Receipt receipt) {
    log.debug("passed over {} bytes: {}", bytes.length(), reason);
  }
}
