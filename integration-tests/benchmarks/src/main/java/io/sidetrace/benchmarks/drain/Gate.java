package io.sidetrace.benchmarks.drain;

import java.io.IOException;

/** A backlog that daemons do not see yet, and how to let them. */
interface Gate {
  Backlog fill() throws IOException;

  void open() throws IOException;
}
