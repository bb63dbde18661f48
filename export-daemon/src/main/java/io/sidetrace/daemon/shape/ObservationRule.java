package io.sidetrace.daemon.shape;

/** Changes what an observation tells. */
public interface ObservationRule {

  /** The observation itself if there is nothing to change. */
  Observation apply(Observation observation);
}
