package io.sidetrace.daemon.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sidetrace completion}: a script for the shell. */
@Command(
    name = "completion",
    description = {
      "Prints a script that completes commands and options.",
      "",
      "bash: source <(sidetrace completion bash)",
      "zsh: sidetrace completion zsh > \"$${fpath[1]}/_sidetrace\""
    },
    mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
  private enum Shell {
    bash,
    zsh
  }

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(paramLabel = "<shell>", description = "${COMPLETION-CANDIDATES}.")
  private Shell shell;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    String script =
        shell == Shell.bash
            ? AutoComplete.bash(root.getCommandName(), root)
            : ZshCompletion.of(root.getCommandSpec());
    spec.commandLine().getOut().print(script);
    spec.commandLine().getOut().flush();
    return 0;
  }
}
