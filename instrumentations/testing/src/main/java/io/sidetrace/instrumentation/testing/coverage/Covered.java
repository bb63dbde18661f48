package io.sidetrace.instrumentation.testing.coverage;

import java.util.Map;

/**
 * Whose behaviour a test shows: a test class that {@link CoverageExtension} looks at, or an
 * argument of its tests where they run for several libraries.
 */
public interface Covered {

  /** The row. */
  Library library();

  /**
   * Where the library keeps less than the strict contract, and why. What it does not have at all
   * needs no test: the reason fills the cell.
   */
  default Map<Limit, String> limits() {
    return Map.of();
  }
}
