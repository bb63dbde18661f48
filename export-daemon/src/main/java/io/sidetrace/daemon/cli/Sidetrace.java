package io.sidetrace.daemon.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** {@code sidetrace}: exits with 0 if all is well, 1 if it failed, 2 if it was used wrongly. */
@Command(
    name = "sidetrace",
    description = "Delivers what the Sidetrace agent captured.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND")
public final class Sidetrace implements Runnable {
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Log more, and print stack traces.")
  private boolean verbose;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @CommandLine.Spec
  private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    int code = commandLine().execute(args);
    System.exit(code);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sidetrace());
    line.addSubcommand(RunCommand.commandLine());
    line.addSubcommand(new DecodeCommand());
    line.addSubcommand(new DeadLetterCommand());
    Failures.handleIn(line);
    return line;
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing: " + spec.subcommands().keySet());
  }

  boolean isVerbose() {
    return verbose;
  }
}
