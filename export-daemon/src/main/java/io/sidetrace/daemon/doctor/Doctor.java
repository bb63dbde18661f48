package io.sidetrace.daemon.doctor;

import io.sidetrace.daemon.run.DaemonOptions;
import io.sidetrace.daemon.run.Project;
import io.sidetrace.daemon.source.RedisTarget;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All checks that the options call for, in the order in which one would mend things. */
public final class Doctor {
  private final List<Check> checks = new ArrayList<>();

  public Doctor(DaemonOptions options) {
    if (options.exportsToLangfuse()) {
      addProjects(options);
    } else {
      checks.add(to -> to.accept(Finding.ok("langfuse", "not exported to")));
    }
    if (options.readsSpool()) {
      checks.add(new SpoolCheck(options.spool()));
      checks.add(new AgentsCheck(options.spool()));
    }
    RedisTarget redis = options.redisTarget();
    if (redis != null) {
      checks.add(new RedisCheck(redis, options.redisStreams()));
    }
    checks.add(new DeadLetterCheck(options.deadLetters(), options.deadLettersMaxBytes()));
    checks.add(new PortCheck(options.opsHost(), options.opsPort()));
  }

  private void addProjects(DaemonOptions options) {
    Duration timeout = options.langfuseTimeout();
    if (options.hasLangfuseKeys()) {
      String keys = options.langfusePublicKey() + ":" + options.langfuseSecretKey();
      checks.add(new LangfuseCheck(options.langfuseUrl(), keys, timeout));
    }
    for (Project project : options.projects()) {
      URI url = project.url() == null ? options.langfuseUrl() : project.url();
      checks.add(new LangfuseCheck(url, project.publicKey() + ":" + project.secretKey(), timeout));
    }
  }

  /** Looks at everything; each finding comes as soon as it is known. */
  public void look(Consumer<Finding> to) throws InterruptedException {
    for (Check check : checks) {
      check.look(to);
    }
  }
}
