package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.Rehearsal;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sidetrace warm}: loads what the daemon needs, for the launcher's archive of classes. */
@Command(
    name = "warm",
    description =
        "Starts and stops a daemon without work, so that the JVM can archive its classes.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class WarmCommand implements Callable<Integer> {
  @Override
  public Integer call() throws IOException {
    Rehearsal.play();
    return 0;
  }
}
