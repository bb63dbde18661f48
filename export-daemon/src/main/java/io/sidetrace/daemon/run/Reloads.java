package io.sidetrace.daemon.run;

import io.micrometer.core.instrument.Tags;
import io.sidetrace.daemon.ops.Metrics;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads options anew and tells what came of it. Thread-safe. */
public final class Reloads {
  private static final Logger log = LoggerFactory.getLogger(Reloads.class);

  private final AtomicLong applied = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private volatile boolean lastApplied = true;

  /** Where options come from. */
  public interface Reading {
    DaemonOptions read() throws IOException, OptionException;
  }

  synchronized void apply(Reading reading, DaemonOptions running, Consumer<ShapeOptions> to) {
    try {
      DaemonOptions fresh = reading.read();
      to.accept(fresh.shape());
      applied.incrementAndGet();
      lastApplied = true;
      log.info("rules reloaded");
      List<String> others = differing(running, fresh);
      if (!others.isEmpty()) {
        log.warn("{} changed as well; that needs a restart", String.join(", ", others));
      }
    } catch (IOException | OptionException | RuntimeException e) {
      refused.incrementAndGet();
      lastApplied = false;
      log.error("rules not reloaded, the old ones stay: {}", e.getMessage());
    }
  }

  private static List<String> differing(DaemonOptions running, DaemonOptions fresh) {
    List<String> differing = new ArrayList<>();
    for (RecordComponent component : DaemonOptions.class.getRecordComponents()) {
      try {
        Object before = component.getAccessor().invoke(running);
        Object after = component.getAccessor().invoke(fresh);
        if (component.getType() != ShapeOptions.class && !Objects.equals(before, after)) {
          differing.add(OptionsReader.key(component));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record has accessors", e);
      }
    }
    return differing;
  }

  void showIn(Metrics metrics) {
    metrics.count("sidetrace.config.reloads", Tags.of("result", "applied"), applied::get);
    metrics.count("sidetrace.config.reloads", Tags.of("result", "refused"), refused::get);
    metrics.gauge("sidetrace.config.current", Tags.empty(), () -> lastApplied ? 1 : 0);
  }
}
