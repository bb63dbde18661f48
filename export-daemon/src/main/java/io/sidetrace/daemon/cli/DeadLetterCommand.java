package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.deadletter.DeadLetter;
import io.sidetrace.daemon.deadletter.LetterFilter;
import io.sidetrace.daemon.deadletter.LetterFolder;
import io.sidetrace.daemon.deadletter.Replay;
import io.sidetrace.daemon.run.OptionValues;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

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

  private LetterFolder letters() throws IOException {
    return new LetterFolder(folder());
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }

  @Command(
      name = "list",
      description = "One line each: number, when, who refused it, requests, bytes, why.",
      mixinStandardHelpOptions = true)
  int list(@Mixin Which which) throws IOException {
    List<DeadLetter> letters = letters().letters();
    LetterFilter filter = which.filter();
    for (int i = 0; i < letters.size(); i++) {
      DeadLetter letter = letters.get(i);
      if (filter.test(letter)) {
        out()
            .printf(
                "%6d  %s  %-8s  %3d  %9d  %s%n",
                i + 1,
                letter.time().truncatedTo(ChronoUnit.MILLIS),
                letter.origin(),
                letter.attempts(),
                letter.frame().length(),
                letter.reason());
      }
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
    List<DeadLetter> letters = letters().letters();
    if (number < 1 || number > letters.size()) {
      throw new IOException("there is no dead letter " + number + " of " + letters.size());
    }
    DeadLetter letter = letters.get(number - 1);
    out().println(letter.origin() + ": " + letter.reason());
    out()
        .println(
            "read "
                + letter.first()
                + ", given up "
                + letter.time()
                + ", in "
                + letter.attempts()
                + " requests");
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
        "Puts those that are whole events back into the spool, for the daemon there to export.",
        "Those that are no events stay; see purge."
      },
      mixinStandardHelpOptions = true)
  int replay(
      @Option(
              names = "--spool",
              paramLabel = "<path>",
              description = "Spool root. Also SIDETRACE_SPOOL. Default: the daemon's.")
          @Nullable Path spool,
      @Mixin Which which)
      throws IOException {
    Path root = spool != null ? spool : Path.of(OptionFlags.told("spool"));
    int replayed = Replay.into(root, letters(), which.filter());
    out().println(replayed + " dead letters are in the spool " + root + " again");
    out().flush();
    return 0;
  }

  @Command(name = "purge", description = "Removes them, for good.", mixinStandardHelpOptions = true)
  int purge(
      @Option(names = "--yes", required = true, description = "That this is what you want.")
          boolean yes,
      @Mixin Which which)
      throws IOException {
    int removed = yes ? letters().purge(which.filter()) : 0;
    out().println(removed + " dead letters removed");
    out().flush();
    return 0;
  }

  /** Some of them; all if nothing is said. */
  static final class Which {
    @Option(
        names = "--reason",
        paramLabel = "<text>",
        description = "Only those with this in their reason, or in who refused them.")
    private @Nullable String reason;

    @Option(
        names = "--older-than",
        paramLabel = "<duration>",
        converter = DurationConverter.class,
        description = "Only those given up longer ago, such as 12h.")
    private @Nullable Duration olderThan;

    @Option(
        names = "--newer-than",
        paramLabel = "<duration>",
        converter = DurationConverter.class,
        description = "Only those given up since then, such as 30m.")
    private @Nullable Duration newerThan;

    private LetterFilter filter() {
      return new LetterFilter(reason, olderThan, newerThan);
    }
  }

  /** As everywhere in our options: 30m, 12h. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return OptionValues.duration(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("'" + text + "' is no duration, such as 30m");
      }
    }
  }
}
