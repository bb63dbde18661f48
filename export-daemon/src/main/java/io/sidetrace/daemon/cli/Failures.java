package io.sidetrace.daemon.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** One line on standard error, whatever happened; a stack trace only for those who ask. */
final class Failures {
  private Failures() {}

  static void handleIn(CommandLine line) {
    line.setParameterExceptionHandler(
        (e, args) -> {
          CommandLine failed = e.getCommandLine();
          PrintWriter err = failed.getErr();
          err.println(name(failed) + ": " + e.getMessage() + " (see --help)");
          return CommandLine.ExitCode.USAGE;
        });
    line.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          PrintWriter err = failed.getErr();
          String message = e.getMessage();
          err.println(name(failed) + ": " + (message == null ? e.toString() : message));
          if (isVerbose(failed)) {
            e.printStackTrace(err);
          }
          return CommandLine.ExitCode.SOFTWARE;
        });
  }

  private static String name(CommandLine line) {
    return line.getCommandSpec().qualifiedName();
  }

  private static boolean isVerbose(CommandLine line) {
    CommandLine root = line;
    while (root.getParent() != null) {
      root = root.getParent();
    }
    return root.getCommand() instanceof Sidetrace sidetrace && sidetrace.isVerbose();
  }
}
