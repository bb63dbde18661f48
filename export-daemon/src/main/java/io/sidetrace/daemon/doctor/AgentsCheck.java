package io.sidetrace.daemon.doctor;

import io.sidetrace.daemon.source.AgentFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Which agents write here, do they lose events, and does somebody read what they write? */
final class AgentsCheck implements Check {
  private static final String SUBJECT = "agents";
  private static final Duration LATE = Duration.ofMinutes(1);

  private final Path root;

  AgentsCheck(Path root) {
    this.root = root;
  }

  @Override
  public void look(Consumer<Finding> to) {
    if (!Files.isDirectory(root)) {
      return;
    }
    try {
      List<AgentFolder> agents = AgentFolder.under(root);
      if (agents.isEmpty()) {
        to.accept(
            Finding.warn(
                SUBJECT,
                "none has written to " + root + " yet",
                "start a service with -javaagent:sidetrace-agent.jar=spool="
                    + root
                    + ", as a user who may write there"));
      }
      agents.forEach(agent -> judge(agent, to));
    } catch (IOException e) {
      to.accept(
          Finding.fail(
              SUBJECT,
              "cannot look into the folders of agents: " + e,
              "run as the daemon's user: agents share files with the spool's group alone"));
    }
  }

  private static void judge(AgentFolder agent, Consumer<Finding> to) {
    String name = String.valueOf(agent.folder().getFileName());
    Map<String, Long> dropped = new TreeMap<>();
    agent
        .counts()
        .forEach(
            (count, events) -> {
              if (count.startsWith("dropped.") && events > 0) {
                dropped.put(count.substring("dropped.".length()), events);
              }
            });
    String state = name + (agent.alive() ? " is alive" : " has ended");
    long segments = agent.backlog().waiting();
    long age = System.currentTimeMillis() - agent.backlog().oldestMillis();
    if (segments > 0 && age > LATE.toMillis()) {
      to.accept(
          Finding.warn(
              SUBJECT,
              state + ", " + segments + " segments wait, the oldest for " + age / 1000 + " s",
              "is the daemon running, and not held up? See sidetrace status"));
    } else if (!dropped.isEmpty()) {
      to.accept(
          Finding.warn(
              SUBJECT,
              state + ", it dropped events: " + dropped,
              "queueFull, bytesFull: raise queue.max-events, queue.max-bytes in the agent;"
                  + " spoolFull, spoolFailed: see the spool's lines"));
    } else {
      to.accept(Finding.ok(SUBJECT, state + (segments > 0 ? ", " + segments + " segments" : "")));
    }
  }
}
