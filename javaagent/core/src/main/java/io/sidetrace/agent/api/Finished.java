package io.sidetrace.agent.api;

import io.sidetrace.event.Frame;

/**
 * A call or span that is over, as it lies in the queue: all that only the request's thread could
 * tell. The frame is made of it by the drainer, since a request's thread would do that with cold
 * caches, and for its first ten thousands of requests with code that is compiled without
 * optimisation.
 */
public interface Finished {
  /** What it holds, used or not, besides itself; always the same. Any thread. */
  long heldBytes();

  /** Puts the event together. To be called once, on any thread; what is held may then be gone. */
  Frame frame();

  /**
   * The same, but for what it holds: the sizes of bodies stay, marked as truncated, and no chunk's
   * time does. To be asked for in place of the frame, on any thread.
   */
  Finished withoutBodies();
}
