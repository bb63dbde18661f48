package io.sidetrace.daemon.shape;

/** Changes what an observation tells. Thread-safe. */
public interface ObservationRule {

  /**
   * @param subject what the observation was made of
   * @return the observation itself if there is nothing to change
   */
  Observation apply(Observation observation, Subject subject);
}
