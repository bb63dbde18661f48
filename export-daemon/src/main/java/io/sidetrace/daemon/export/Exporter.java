package io.sidetrace.daemon.export;

import io.sidetrace.daemon.shape.Observation;
import java.util.List;

/** A receiver of observations. */
public interface Exporter extends AutoCloseable {

  /** For logs and metrics, such as {@code langfuse}. */
  String name();

  /** How many threads may call {@link #export} at once. */
  int parallel();

  /**
   * Sends the batch and waits for the answer. Told the same batch again, it sends the same bytes.
   *
   * @throws InterruptedException if the daemon stops; whether the batch arrived is then unknown
   */
  Outcome export(List<Observation> batch) throws InterruptedException;

  @Override
  void close();
}
