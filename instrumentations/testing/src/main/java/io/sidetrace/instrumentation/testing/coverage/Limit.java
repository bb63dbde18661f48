package io.sidetrace.instrumentation.testing.coverage;

/**
 * Where a library keeps less than the strict contract. Its test declares each with a reason, which
 * stands below the table; the contract then asserts what is left.
 */
public enum Limit {
  /** Asked for HTTP/2 it speaks HTTP/1.1. */
  NO_HTTP_2(Behaviour.HTTP_2, true),
  /** Has no asynchronous call; its users call it on a pool of their own. */
  BLOCKS(Behaviour.ASYNC, true),
  /** Calls back on a thread that must not wait for the body. */
  CALLBACKS_MUST_NOT_WAIT(Behaviour.ASYNC, false),
  /** What follows may also run outside any context, but never in another's. */
  MAY_LOSE_CONTEXT(Behaviour.ASYNC, false),
  /** Takes a body that breaks off for a complete one. */
  BREAK_IS_THE_END(Behaviour.FAILURE, false),
  /** A reset may overtake the bytes that came before it. */
  RESET_OVERTAKES(Behaviour.FAILURE, false),
  /**
   * Its failures name a port, an object, a time or a state, by which two of the same kind differ.
   */
  FAILURES_HAVE_NUMBERS(Behaviour.FAILURE, false),
  /** Cancelling ends the body for who reads it, without a failure. */
  CANCEL_IS_THE_END(Behaviour.CANCEL, false),
  /** Who reads while another thread cancels sees one of several things. */
  CANCELS_VARIOUSLY(Behaviour.CANCEL, false),
  /** Nothing stops who waits for the server, and who gives an answer up waits as well. */
  CANCEL_WAITS(Behaviour.CANCEL, false),
  /** Sends a query in an order of its own. */
  REORDERS_QUERIES(Behaviour.KEYS, false),
  /** Reads every body by itself and hands it to the application. */
  PUSHES_BODIES(Behaviour.UNREAD, false),
  /** Reads what the application left of a body, so that the connection can stay open. */
  DRAINS_BODIES(Behaviour.UNREAD, false),
  /** Hangs up without an answer if a handler throws. */
  HANGS_UP(Behaviour.FAILED, false),
  /** Has no pattern of a route to tell: the path names the root. */
  NO_PATTERN(Behaviour.ROUTE, false),
  /** The bodies of a stream are not kept. */
  NO_BODIES(Behaviour.ROUTE_STREAM, false),
  /** What no handler serves does not reach the seam. */
  NO_ROOT(Behaviour.NO_ROUTE, true),
  /** Nobody sends what begins the job. */
  NO_SENDER(Behaviour.JOB_SENDER, true),
  /** Takes one message at a time. */
  NO_BATCH(Behaviour.JOB_BATCH, true),
  /** Recorded is that it calls, not what it says. */
  SPANS_ONLY(Behaviour.SDK_PLAIN, false),
  /** The SDK, or what is tested of it, has no such call. */
  NO_STREAM(Behaviour.SDK_STREAM, true),
  NO_TOOLS(Behaviour.SDK_TOOLS, true),
  NO_ASYNC(Behaviour.SDK_ASYNC, true),
  NO_EMBEDDINGS(Behaviour.SDK_EMBEDDINGS, true);

  private final Behaviour behaviour;
  private final boolean absent;

  Limit(Behaviour behaviour, boolean absent) {
    this.behaviour = behaviour;
    this.absent = absent;
  }

  Behaviour behaviour() {
    return behaviour;
  }

  /** Whether the library does not have the thing at all. */
  boolean absent() {
    return absent;
  }
}
