package io.sidetrace.daemon.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * A completion function for zsh with the help of each command and option, one function per command.
 * picocli's own script runs in zsh too, but only behind bashcompinit, and shows no help.
 */
final class ZshCompletion {
  private final StringBuilder script = new StringBuilder();

  private ZshCompletion() {}

  static String of(CommandSpec root) {
    ZshCompletion completion = new ZshCompletion();
    completion.script.append("#compdef ").append(root.name()).append("\n");
    completion.function(root, "_" + root.name());
    completion.script.append("\n_").append(root.name()).append(" \"$@\"\n");
    return completion.script.toString();
  }

  private void function(CommandSpec command, String name) {
    script.append('\n').append(name).append("() {\n");
    boolean parent = !command.subcommands().isEmpty();
    script.append(parent ? "  local state line\n" : "").append("  _arguments ");
    script.append(parent ? "-C " : "").append("\\\n");
    for (OptionSpec option : command.options()) {
      if (!option.hidden()) {
        option(option);
      }
    }
    for (PositionalParamSpec parameter : command.positionalParameters()) {
      boolean many = parameter.arity().max() > 1;
      script.append("    '").append(many ? "*" : "").append(':');
      script.append(plain(parameter.paramLabel())).append(':');
      script.append(candidates(parameter)).append("' \\\n");
    }
    script.append(parent ? "    '1: :->command' '*:: :->rest'\n" : "    && return\n");
    if (parent) {
      choice(command, name);
    }
    script.append("}\n");
    command
        .subcommands()
        .forEach((word, line) -> function(line.getCommandSpec(), name + "_" + word));
  }

  private void choice(CommandSpec command, String name) {
    script.append("  case $state in\n    command)\n      local commands=(\n");
    for (Map.Entry<String, CommandLine> sub : command.subcommands().entrySet()) {
      CommandSpec spec = sub.getValue().getCommandSpec();
      if (!spec.usageMessage().hidden()) {
        script.append("        '").append(sub.getKey()).append(':');
        script.append(plain(first(spec.usageMessage().description()))).append("'\n");
      }
    }
    script.append("      )\n      _describe command commands ;;\n    rest)\n");
    script.append("      case $line[1] in\n");
    for (String word : command.subcommands().keySet()) {
      script.append("        ").append(word).append(") ").append(name).append('_').append(word);
      script.append(" ;;\n");
    }
    script.append("      esac ;;\n  esac\n");
  }

  private void option(OptionSpec option) {
    for (String name : option.names()) {
      boolean value = option.arity().max() > 0;
      script.append("    '").append(name).append(value && name.startsWith("--") ? "=" : "");
      script.append('[').append(plain(first(option.description()))).append(']');
      if (value) {
        script
            .append(':')
            .append(plain(option.paramLabel()))
            .append(':')
            .append(candidates(option));
      }
      script.append("' \\\n");
    }
  }

  private static String candidates(CommandLine.Model.ArgSpec argument) {
    if (argument.completionCandidates() != null) {
      return "(" + String.join(" ", argument.completionCandidates()) + ")";
    }
    String label = argument.paramLabel();
    return label.contains("path") || label.contains("file") || label.contains("folder")
        ? "_files"
        : "";
  }

  private static String first(String[] lines) {
    return lines.length == 0 ? "" : lines[0];
  }

  /** Characters that mean something to _arguments or end its quotes. */
  private static String plain(String text) {
    return text.replace("%%", "%")
        .replace("'", "’")
        .replace("[", "(")
        .replace("]", ")")
        .replace(":", "\\:")
        .replaceAll("[<>]", "");
  }
}
