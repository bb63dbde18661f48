package io.sidetrace.agent.weave;

/** Where weaving reports to: the agent's log, or a test. Any thread; must not throw or wait. */
public interface WeaverLog {

  /** Whether debug lines go anywhere, so that they are not written for nothing. */
  boolean debugging();

  /** What was woven, and what was not and why. */
  void debug(String message);

  /** What the user should know without asking. */
  void warn(String message, Throwable cause);
}
