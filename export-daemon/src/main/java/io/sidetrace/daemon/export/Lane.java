package io.sidetrace.daemon.export;

import io.sidetrace.daemon.shape.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One exporter with its batches and its sending threads. Every lane takes every observation; a slow
 * one holds the others up only through what may be in flight as a whole.
 */
public final class Lane<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  private final Exporter<T> exporter;
  private final Batcher<T> batcher;
  private final Brake brake;
  private final List<Thread> senders = new ArrayList<>();

  /**
   * How large a batch may be, and how long it may wait.
   *
   * @param count of observations
   * @param bytes as estimated, before compression
   * @param linger from the first observation on
   */
  public record Limits(int count, int bytes, Duration linger) {}

  public Lane(Exporter<T> exporter, Limits limits) {
    this.exporter = exporter;
    this.batcher = new Batcher<>(limits.count(), limits.bytes(), limits.linger());
    this.brake = new Brake(exporter.name());
    for (int i = 0; i < exporter.parallel(); i++) {
      Thread sender = new Thread(this::sendAll, "sidetrace-export-" + exporter.name() + "-" + i);
      sender.setDaemon(true);
      senders.add(sender);
    }
  }

  public Lane<T> start() {
    senders.forEach(Thread::start);
    return this;
  }

  public String name() {
    return exporter.name();
  }

  public void add(Observation observation, Ticket ticket) {
    T prepared;
    try {
      prepared = exporter.prepare(observation);
    } catch (RuntimeException e) {
      // A defect of ours costs this observation only; its event is kept for when it is mended.
      log.warn("{} cannot prepare an observation", exporter.name(), e);
      ticket.rejected(exporter.name(), "exporter failed: " + e, 0);
      return;
    }
    batcher.add(new Item<>(prepared, ticket, exporter.bytes(prepared)));
  }

  /** Sends what is there without waiting for more, from now on. */
  public void flush() {
    batcher.flush();
  }

  /** What keeps it from exporting, for people; null if nothing does. */
  public @Nullable String trouble() {
    return brake.trouble();
  }

  /** Requests that had to be sent again, since the start. */
  public long retries() {
    return brake.retries();
  }

  /** False if a sending thread is gone before {@link #close}, which only a defect can cause. */
  public boolean isAlive() {
    return senders.stream().allMatch(Thread::isAlive);
  }

  private void sendAll() {
    try {
      while (true) {
        send(batcher.take(), 0);
      }
    } catch (InterruptedException e) {
      log.debug("{} stops", Thread.currentThread().getName());
    }
  }

  /**
   * Returns when each item is accepted or rejected; what is refused as a whole is halved.
   *
   * @param before requests that the items were in already
   */
  private void send(List<Item<T>> batch, int before) throws InterruptedException {
    Answer answer = untilAnswered(batch);
    int requests = before + answer.requests();
    if (answer.outcome() instanceof Outcome.Accepted) {
      batch.forEach(item -> item.ticket().accepted());
    } else if (batch.size() == 1) {
      batch.get(0).ticket().rejected(exporter.name(), reason(answer.outcome()), requests);
    } else {
      int half = batch.size() / 2;
      send(batch.subList(0, half), requests);
      send(batch.subList(half, batch.size()), requests);
    }
  }

  private record Answer(Outcome outcome, int requests) {}

  private Answer untilAnswered(List<Item<T>> batch) throws InterruptedException {
    List<T> prepared = batch.stream().map(Item::prepared).toList();
    for (int requests = 1; ; requests++) {
      brake.await();
      Outcome outcome = export(prepared);
      if (outcome instanceof Outcome.Retry retry) {
        brake.press(retry);
      } else if (outcome instanceof Outcome.Misconfigured misconfigured) {
        brake.press(misconfigured);
      } else {
        brake.release();
        return new Answer(outcome, requests);
      }
    }
  }

  private Outcome export(List<T> prepared) throws InterruptedException {
    try {
      return exporter.export(prepared);
    } catch (RuntimeException e) {
      // A defect of ours in one observation must not stop the lane: alone, it is dead-lettered.
      log.warn("{} failed on {} observations", exporter.name(), prepared.size(), e);
      return new Outcome.Rejected("exporter failed: " + e);
    }
  }

  private static String reason(Outcome outcome) {
    if (outcome instanceof Outcome.Rejected rejected) {
      return rejected.reason();
    }
    return outcome instanceof Outcome.TooLarge large ? large.reason() : outcome.toString();
  }

  /** Stops at once; what was not answered stays unsettled. */
  @Override
  public void close() {
    senders.forEach(Thread::interrupt);
    try {
      for (Thread sender : senders) {
        sender.join(1000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    exporter.close();
  }
}
