package io.sidetrace.daemon.shape.trace;

import io.sidetrace.daemon.shape.RequestFacts;
import org.jspecify.annotations.Nullable;

/** What is to become of an event, as far as its trace is known. */
public sealed interface Verdict {

  /**
   * It goes on its way.
   *
   * @param request what it belongs to; null if that is not known
   */
  record Pass(@Nullable RequestFacts request) implements Verdict {}

  /**
   * It is filtered.
   *
   * @param rule under which it is counted
   */
  record Drop(String rule) implements Verdict {}

  /** What is still to come may decide. */
  record Wait() implements Verdict {}
}
