package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.doctor.Doctor;
import io.sidetrace.daemon.doctor.Finding;
import io.sidetrace.daemon.run.DaemonOptions;
import io.sidetrace.daemon.run.OptionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sidetrace doctor}: what is wrong, and what to do. */
@Command(
    name = "doctor",
    description = {
      "Looks at all that the daemon needs, with the options it would have: Langfuse, keys and clock,"
          + " the spool, agents, Redis, dead letters, its port. Changes nothing.",
      "",
      "A line is ok, warn or fail. Exits with 1 if one is fail. Run it as the daemon's user."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true)
final class DoctorCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  private boolean failed;

  static CommandLine commandLine() {
    return OptionFlags.addTo(new CommandLine(new DoctorCommand()));
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      DaemonOptions options = OptionFlags.read(spec);
      print(new Finding(Finding.Level.OK, "configuration", "makes sense", ""));
      new Doctor(options).look(this::print);
    } catch (OptionException | IOException e) {
      print(
          new Finding(
              Finding.Level.FAIL,
              "configuration",
              String.valueOf(e.getMessage()),
              "see sidetrace run --help for what can be set"));
    }
    return failed ? CommandLine.ExitCode.SOFTWARE : 0;
  }

  private void print(Finding finding) {
    failed |= finding.level() == Finding.Level.FAIL;
    PrintWriter out = spec.commandLine().getOut();
    String level = finding.level().name().toLowerCase(Locale.ROOT);
    out.printf("%-5s %-14s %s%n", level, finding.subject(), finding.what());
    if (!finding.advice().isEmpty()) {
      out.printf("%20s → %s%n", "", finding.advice());
    }
    out.flush();
  }
}
