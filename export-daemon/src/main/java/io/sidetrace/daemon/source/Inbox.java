package io.sidetrace.daemon.source;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** Carries receipts from the threads that settle to the source's own, and wakes it. */
final class Inbox<T> {
  private final ConcurrentLinkedQueue<T> queue = new ConcurrentLinkedQueue<>();
  private final Bell bell;

  Inbox(Bell bell) {
    this.bell = bell;
  }

  void add(T receipt) {
    queue.add(receipt);
    bell.ring();
  }

  /** Called by the source's thread. */
  void drain(Consumer<T> to) {
    for (T receipt = queue.poll(); receipt != null; receipt = queue.poll()) {
      to.accept(receipt);
    }
  }
}
