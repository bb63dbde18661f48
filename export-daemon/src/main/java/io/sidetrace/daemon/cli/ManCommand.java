package io.sidetrace.daemon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sidetrace man | man -l -}: the manual page, for packages. */
@Command(
    name = "man",
    description = "Prints the manual page, for man -l.",
    mixinStandardHelpOptions = true,
    hidden = true)
final class ManCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ManualPage.of(spec.root()));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
