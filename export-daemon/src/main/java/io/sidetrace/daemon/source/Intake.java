package io.sidetrace.daemon.source;

import io.sidetrace.event.Slice;

/**
 * What a source hands events to. Called on the source's thread; returns without waiting for I/O.
 */
public interface Intake {

  void deliver(Delivery delivery);

  /**
   * Takes bytes that are no whole frame.
   *
   * @param reason for the dead letter
   */
  void unreadable(Slice bytes, String reason, Receipt receipt);

  /** False while nothing should be read: what takes it is busy. */
  default boolean hasRoom() {
    return true;
  }
}
