package io.sidetrace.daemon.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.Evidence;
import io.sidetrace.daemon.Options;
import io.sidetrace.harness.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Two daemons that share a Redis, one of which reads a spool too, and a Langfuse. The daemons and
 * Redis are processes, so what happens to them is real.
 */
final class World implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  final Random random = new Random();
  final Truth truth = new Truth();
  final MoodyLangfuse langfuse = new MoodyLangfuse();
  final MortalRedis redis;
  final Agents agents;
  private final List<MortalDaemon> daemons = new ArrayList<>();

  World(Path folder) throws IOException {
    redis = new MortalRedis(folder.resolve("redis"));
    agents = new Agents(folder.resolve("spool"), random, truth);
    daemons.add(new MortalDaemon(folder.resolve("one"), options(folder, "one")));
    daemons.add(
        new MortalDaemon(folder.resolve("two"), options(folder, "two").with("spool", "none")));
  }

  private Options options(Path folder, String name) {
    return Options.in(folder)
        .with("exporters", "langfuse")
        .with("langfuse-url", langfuse.url().toString())
        .with("langfuse-timeout", MoodyLangfuse.PATIENCE.toMillis() + "ms")
        .with("drain-timeout", "500ms")
        .with("redis", redis.url())
        .with("redis-consumer", name)
        .with("redis-min-idle", "1s")
        .with("hold-time", "300ms")
        .with("batch-count", "20")
        .with("parallel", "2")
        .with("in-flight", "200");
  }

  /** Returns once both daemons read. */
  void begin() throws IOException {
    for (MortalDaemon daemon : daemons) {
      daemon.start();
    }
    for (MortalDaemon daemon : daemons) {
      Await.until("a daemon to read", LIMIT, daemon::reads, daemon::said);
    }
  }

  /** Either daemon. */
  MortalDaemon aDaemon() {
    return daemons.get(random.nextInt(daemons.size()));
  }

  void killEverything() {
    daemons.stream().filter(MortalDaemon::isUp).forEach(MortalDaemon::kill);
    if (redis.isUp()) {
      redis.kill();
    }
  }

  void check() throws InterruptedException {
    for (MortalDaemon daemon : daemons) {
      if (daemon.isUp()) {
        daemon.check();
      }
    }
  }

  /** Lets everybody work in peace, and fails unless each event gets to where it belongs. */
  void endWell() throws Exception {
    langfuse.be(MoodyLangfuse.Mood.FINE);
    if (!redis.isUp()) {
      redis.restart();
    } else if (redis.isFrozen()) {
      redis.thaw();
    }
    agents.end();
    for (MortalDaemon daemon : daemons) {
      if (daemon.isUp()) {
        daemon.kill(); // it may be waiting half a minute before it asks Langfuse again
      }
      daemon.start();
    }
    Await.until("each event to be somewhere", LIMIT, () -> isDone(), this::told);
    check();
    for (MortalDaemon daemon : daemons) {
      daemon.stop();
    }
    Evidence.assertThatRepeatsAreIdentical(langfuse.spans());
    assertThat(langfuse.problems()).isEmpty();
  }

  private boolean isDone() {
    return redis.isEmpty() && agents.isSpoolEmpty() && wrong().isEmpty();
  }

  private List<String> wrong() {
    Set<String> buried = new HashSet<>();
    daemons.forEach(daemon -> buried.addAll(Truth.buried(daemon.deadLetters())));
    return truth.wrong(Evidence.names(langfuse.spans()), buried);
  }

  private String told() {
    StringBuilder told = new StringBuilder();
    List<String> wrong = wrong();
    told.append(wrong.size()).append(" of ").append(truth.size()).append(" events are wrong: ");
    told.append(wrong.subList(0, Math.min(20, wrong.size())));
    told.append("\nRedis is empty: ").append(redis.isEmpty());
    told.append("\nthe spool is empty: ").append(agents.isSpoolEmpty());
    daemons.forEach(daemon -> told.append("\n\n").append(daemon.said()));
    return told.toString();
  }

  @Override
  public void close() throws IOException {
    for (MortalDaemon daemon : daemons) {
      if (daemon.isUp()) {
        daemon.kill();
      }
    }
    redis.close();
    langfuse.close();
  }
}
