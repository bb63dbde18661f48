package io.sidetrace.daemon.ops;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** The daemon's counts in Prometheus' format; {@code docs/operations.md} lists the names. */
public final class Metrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Supplier<Map<String, Long>> agents;
  private final Supplier<Map<String, Long>> reasons;
  private final Ledger ledger;
  private final List<Supplier<Long>> counting = new CopyOnWriteArrayList<>();
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  /**
   * @param agents what agents counted, by name
   * @param reasons dead letters since the start, by reason
   */
  public Metrics(
      Ledger ledger, Supplier<Map<String, Long>> agents, Supplier<Map<String, Long>> reasons) {
    this.ledger = ledger;
    this.agents = agents;
    this.reasons = reasons;
    counter("sidetrace.events.received", Tags.empty(), Ledger.Snapshot::received);
    counter("sidetrace.events.exported", Tags.empty(), Ledger.Snapshot::exported);
    counter("sidetrace.events.dead.lettered", Tags.empty(), Ledger.Snapshot::deadLettered);
    counter("sidetrace.events.returned", Tags.empty(), Ledger.Snapshot::returned);
    gauge("sidetrace.events.pending", Tags.empty(), () -> ledger.snapshot().pending());
  }

  /** Adds a value that is read when somebody asks for it. */
  public void gauge(String name, Tags tags, Supplier<Number> value) {
    Gauge.builder(name, value).tags(tags).register(registry);
  }

  /** Adds a count that only grows, read when somebody asks for it. */
  public void count(String name, Tags tags, Supplier<Long> value) {
    counting.add(value); // the registry holds it weakly, and would go on telling the last value
    FunctionCounter.builder(name, value, counted -> counted.get()).tags(tags).register(registry);
  }

  private <T> void counter(String name, Tags tags, T counting, ToDoubleFunction<T> count) {
    FunctionCounter.builder(name, counting, count).tags(tags).register(registry);
  }

  private void counter(String name, Tags tags, Function<Ledger.Snapshot, Long> count) {
    ToDoubleFunction<Ledger> value = counted -> count.apply(counted.snapshot());
    counter(name, tags, ledger, value);
  }

  /** The text that {@code GET /metrics} answers. */
  public String scrape() {
    for (String rule : ledger.snapshot().filtered().keySet()) {
      if (known.add("rule " + rule)) {
        counter(
            "sidetrace.events.filtered",
            Tags.of("rule", rule),
            counts -> counts.filtered().getOrDefault(rule, 0L));
      }
    }
    for (String reason : reasons.get().keySet()) {
      if (known.add("reason " + reason)) {
        counter(
            "sidetrace.dead.letters",
            Tags.of("reason", reason),
            this,
            self -> self.reasons.get().getOrDefault(reason, 0L));
      }
    }
    for (String count : agents.get().keySet()) {
      if (known.add("agent " + count)) {
        gauge(
            "sidetrace.agent.ledger",
            Tags.of("count", count),
            () -> agents.get().getOrDefault(count, 0L));
      }
    }
    return registry.scrape();
  }
}
