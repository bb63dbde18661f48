package io.sidetrace.agent.config;

/**
 * A configuration that can't be followed. The message is one line for the user: which value, from
 * where, and what is expected. The agent steps aside then, rather than do something else than told.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }
}
