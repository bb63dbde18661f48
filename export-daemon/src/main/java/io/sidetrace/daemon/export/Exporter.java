package io.sidetrace.daemon.export;

import io.sidetrace.daemon.shape.Observation;
import java.util.List;

/**
 * A receiver of observations.
 *
 * @param <T> an observation as it waits: as few objects as can be, since thousands wait at once and
 *     the collector copies all that waits
 */
public interface Exporter<T> extends AutoCloseable {

  /** For logs and metrics, such as {@code langfuse}. */
  String name();

  /** How many threads may call {@link #export} at once. */
  int parallel();

  /** Makes ready what is to be sent. Any thread. */
  T prepare(Observation observation);

  /** Roughly what it takes on the wire, before compression. */
  int bytes(T prepared);

  /**
   * Sends the batch and waits for the answer. Told the same batch again, it sends the same bytes.
   *
   * @throws InterruptedException if the daemon stops; whether the batch arrived is then unknown
   */
  Outcome export(List<T> batch) throws InterruptedException;

  @Override
  void close();
}
