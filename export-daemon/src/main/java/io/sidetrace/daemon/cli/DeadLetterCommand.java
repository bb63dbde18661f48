package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.deadletter.DeadLetter;
import io.sidetrace.daemon.deadletter.DeadLetterFile;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.daemon.deadletter.Replay;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code sidetrace deadletter}: what could not be exported, and what to do with it. */
@Command(
    name = "deadletter",
    description = "Shows events that could not be exported, sends them again, or removes them.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class DeadLetterCommand implements Runnable {
  @Option(
      names = "--dead-letters",
      paramLabel = "<path>",
      scope = ScopeType.INHERIT,
      description = "The folder. Also SIDETRACE_DEAD_LETTERS. Default: the daemon's.")
  private @Nullable Path given;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(
        spec.commandLine(), "a command is missing: " + spec.subcommands().keySet());
  }

  private Path folder() throws IOException {
    return given != null ? given : Path.of(OptionFlags.told("dead-letters"));
  }

  private List<DeadLetter> letters() throws IOException {
    List<DeadLetter> letters = new ArrayList<>();
    for (Path file : DeadLetters.files(folder())) {
      DeadLetterFile.read(file, letters::add);
    }
    return letters;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      name = "list",
      description = "One line each: number, time, who refused it, bytes, why.",
      mixinStandardHelpOptions = true)
  int list() throws IOException {
    List<DeadLetter> letters = letters();
    for (int i = 0; i < letters.size(); i++) {
      DeadLetter letter = letters.get(i);
      out()
          .printf(
              "%6d  %s  %-8s  %9d  %s%n",
              i + 1, letter.time(), letter.origin(), letter.frame().length(), letter.reason());
    }
    out().flush();
    return 0;
  }

  @Command(
      name = "show",
      description = "Prints one: its event, then its request and response bodies.",
      mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "<number>", description = "As list shows it.") int number)
      throws IOException {
    List<DeadLetter> letters = letters();
    if (number < 1 || number > letters.size()) {
      throw new IOException("there is no dead letter " + number + " of " + letters.size());
    }
    DeadLetter letter = letters.get(number - 1);
    out().println(letter.time() + "  " + letter.origin() + ": " + letter.reason());
    if (new FrameReader(letter.frame()).next() instanceof FrameReader.Whole whole) {
      print("event", whole.event());
      print("request", whole.request());
      print("response", whole.response());
    } else {
      print("bytes", letter.frame());
    }
    out().flush();
    return 0;
  }

  private void print(String name, Slice bytes) {
    if (bytes.length() > 0) {
      out().println("--- " + name + ", " + bytes.length() + " bytes");
      out().println(bytes.toUtf8());
    }
  }

  @Command(
      name = "replay",
      description = {
        "Puts all that are whole events back into the spool, for the daemon there to export.",
        "Those that are no events stay; see purge."
      },
      mixinStandardHelpOptions = true)
  int replay(
      @Option(
              names = "--spool",
              paramLabel = "<path>",
              description = "Spool root. Also SIDETRACE_SPOOL. Default: the daemon's.")
          @Nullable Path spool)
      throws IOException {
    Path root = spool != null ? spool : Path.of(OptionFlags.told("spool"));
    int replayed = Replay.into(root, DeadLetters.files(folder()));
    out().println(replayed + " dead letters are in the spool " + root + " again");
    out().flush();
    return 0;
  }

  @Command(
      name = "purge",
      description = "Removes all of them, for good.",
      mixinStandardHelpOptions = true)
  int purge(
      @Option(names = "--yes", required = true, description = "That this is what you want.")
          boolean yes)
      throws IOException {
    List<DeadLetter> letters = letters();
    List<Path> files = DeadLetters.files(folder());
    for (Path file : yes ? files : List.<Path>of()) {
      Files.deleteIfExists(file);
    }
    out().println(letters.size() + " dead letters removed");
    out().flush();
    return 0;
  }
}
