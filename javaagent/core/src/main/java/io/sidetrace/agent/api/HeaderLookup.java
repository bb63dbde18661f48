package io.sidetrace.agent.api;

import org.jspecify.annotations.Nullable;

/** Reads one header of a message that the library holds. */
@FunctionalInterface
public interface HeaderLookup {
  /** For messages whose headers can't be reached. */
  HeaderLookup NONE = name -> null;

  /**
   * The header's first value, or null.
   *
   * @param name matched without regard to case
   */
  @Nullable String get(String name);
}
