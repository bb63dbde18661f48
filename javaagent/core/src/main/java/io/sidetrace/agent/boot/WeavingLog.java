package io.sidetrace.agent.boot;

import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.weave.WeaverLog;

/** Weaving's lines, in the agent's log. */
record WeavingLog(Log log) implements WeaverLog {

  @Override
  public boolean debugging() {
    return log.debugging();
  }

  @Override
  public void debug(String message) {
    log.debug(message);
  }

  /** Every message is a kind of its own: the weaver has counted already. */
  @Override
  public void warn(String message, Throwable cause) {
    log.warn(message, message, cause);
  }
}
