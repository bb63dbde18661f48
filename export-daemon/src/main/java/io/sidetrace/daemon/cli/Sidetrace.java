package io.sidetrace.daemon.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
    CommandLine line = commandLine();
    line.setOut(utf8(FileDescriptor.out)).setErr(utf8(FileDescriptor.err));
    System.exit(line.execute(args));
  }

  /** Whatever the locale: what models say is rarely ASCII, and JSON is UTF-8. */
  private static PrintWriter utf8(FileDescriptor to) {
    return new PrintWriter(new FileOutputStream(to), true, StandardCharsets.UTF_8);
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Sidetrace());
    line.addSubcommand(RunCommand.commandLine());
    line.addSubcommand(StatusCommand.commandLine());
    line.addSubcommand(TailCommand.commandLine());
    line.addSubcommand(DoctorCommand.commandLine());
    line.addSubcommand(new DecodeCommand());
    line.addSubcommand(new DeadLetterCommand());
    line.addSubcommand(new CompletionCommand());
    line.addSubcommand(new ManCommand());
    line.addSubcommand(new WarmCommand());
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
