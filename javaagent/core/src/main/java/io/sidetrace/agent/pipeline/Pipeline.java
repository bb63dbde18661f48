package io.sidetrace.agent.pipeline;

import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.log.Log;

/** The agent's road from application threads to the transport. */
public final class Pipeline implements AutoCloseable {
  private final Ledger ledger = new Ledger();
  private final EventQueue queue;

  private Pipeline(AgentConfig config, Log log) {
    log.debug("pipeline starts for " + config.service());
    queue = new EventQueue(config.queueMaxEvents(), config.queueMaxBytes(), ledger, () -> {});
  }

  /**
   * Starts the drainer thread and returns at once; files and connections are opened on that thread.
   */
  public static Pipeline start(AgentConfig config, Log log) {
    return new Pipeline(config, log);
  }

  /** Where finished events go. */
  public EventQueue queue() {
    return queue;
  }

  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void close() {}
}
