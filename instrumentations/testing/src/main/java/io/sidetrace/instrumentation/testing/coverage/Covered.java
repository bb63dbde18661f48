package io.sidetrace.instrumentation.testing.coverage;

import java.util.Map;

/** A contract, run for one library. */
public interface Covered {

  /** The row. */
  Library library();

  /** Where the library keeps less than the strict contract, and why. */
  Map<Limit, String> limits();
}
