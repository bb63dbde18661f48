package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.Tail;
import io.sidetrace.daemon.run.TraceFilter;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sidetrace tail}: traces as they pass. */
@Command(
    name = "tail",
    description = {
      "Prints traces as they pass, from the spool or Redis that the daemon reads, and takes nothing"
          + " away. A trace is shown if for each filter some span of it matches.",
      "",
      "A view, not a count: a spool segment that comes and goes within an instant may be missed."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true)
final class TailCommand implements Callable<Integer> {
  @Option(names = "--service", paramLabel = "<name>", description = "Of this service.")
  private @Nullable String service;

  @Option(
      names = "--route",
      paramLabel = "<route>",
      description = "With this route or path; '*' stands for anything.")
  private @Nullable String route;

  @Option(
      names = "--status",
      paramLabel = "<status>",
      description = "With this HTTP status, such as 404 or 5xx.")
  private @Nullable String status;

  @Option(names = "--errors", description = "In which something went wrong.")
  private boolean errors;

  @Option(names = "--llm", description = "With an LLM call.")
  private boolean llm;

  @Option(
      names = "--model",
      paramLabel = "<name>",
      description = "With a model whose name has this in it.")
  private @Nullable String model;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  static CommandLine commandLine() {
    return OptionFlags.addTo(new CommandLine(new TailCommand()));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Tail.follow(
        OptionFlags.readOrRefuse(spec),
        new TraceFilter(service, route, status, errors, llm, model));
    return 0;
  }
}
