package io.sidetrace.agent.transport;

import io.sidetrace.event.Slice;

/**
 * Takes frames out of the process. Only the drainer thread calls it. Failures are counted in the
 * {@link Ledger} and told in the log; nothing is thrown.
 */
public interface Transport extends AutoCloseable {
  /** Frames are handed over in bundles of up to this many bytes; a larger frame comes alone. */
  int BUNDLE_BYTES = 256 << 10;

  /** How many lanes there are to spread events over by trace. */
  int lanes();

  /**
   * Takes whole frames, and answers for them: each event is counted as sent or dropped, here or
   * later.
   *
   * @param lane from 0
   * @param frames valid during the call
   * @param events how many frames that is
   */
  void send(int lane, Slice frames, int events);

  /**
   * Does what is due: closes, retries, collects answers. Called before each drain, ten times a
   * second or more.
   */
  void tick();

  /** Sends off what was taken. Called after each drain. */
  void flush();

  /** Events taken and not yet answered for. */
  int pending();

  /**
   * Works towards leaving nothing behind, as the process is about to end; may be called again after
   * further events.
   *
   * @param late true: the time for waiting on anyone is over
   * @return true if there is nothing more to do
   */
  boolean settle(boolean late);

  /**
   * Puts the ledger where the daemon and its user find it.
   *
   * @param ledger as JSON text
   */
  void publish(String ledger);

  /** Frees files and connections; what is still pending is counted as dropped. */
  @Override
  void close();
}
