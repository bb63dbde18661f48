package io.sidetrace.daemon.doctor;

import java.util.function.Consumer;

/** Looks at one thing. Takes a few seconds at most and never throws for what it finds. */
interface Check {
  void look(Consumer<Finding> to) throws InterruptedException;
}
