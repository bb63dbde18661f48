package io.sidetrace.daemon.cli;

import io.sidetrace.daemon.run.ProgramVersion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page in roff, from the same words as {@code --help}. See man-pages(7), groff_man(7).
 */
final class ManualPage {
  private final StringBuilder page = new StringBuilder();

  private ManualPage() {}

  static String of(CommandSpec root) {
    ManualPage manual = new ManualPage();
    manual.write(root);
    return manual.page.toString();
  }

  private void write(CommandSpec root) {
    String name = root.name();
    page.append(".TH ").append(name.toUpperCase(Locale.ROOT)).append(" 1 \"\" \"");
    page.append(name).append(' ').append(ProgramVersion.number()).append("\" \"Sidetrace\"\n");
    section("NAME");
    text(name + " - delivers what the Sidetrace agent captured to Langfuse");
    section("SYNOPSIS");
    page.append(".B ").append(escape(name)).append("\n.I COMMAND\n[\\fIOPTION\\fR]...\n");
    section("DESCRIPTION");
    text(
        "The daemon reads events that agents have captured, from a spool folder or from Redis, and"
            + " exports them. An event leaves its source only once it is exported, filtered by a"
            + " rule, or among the dead letters.");
    section("OPTIONS");
    options(root);
    section("COMMANDS");
    command(root, "");
    section("EXIT STATUS");
    text("0: all is well. 1: it failed. 2: it was used wrongly.");
    section("SIGNALS");
    text(
        "SIGTERM, SIGINT: sends what is in flight, for as long as drain-timeout allows, and ends.");
    text("SIGHUP: reads the rules of its file anew, and keeps the old ones if the new are wrong.");
    section("FILES");
    item("/etc/sidetrace/sidetrace.yaml", "Options of the packaged daemon.");
    item("/var/spool/sidetrace", "Where agents of the group sidetrace-spool leave events.");
    item("/var/lib/sidetrace/dead-letters", "Events that could not be exported.");
  }

  private void command(CommandSpec command, String before) {
    for (CommandLine sub : command.subcommands().values()) {
      CommandSpec spec = sub.getCommandSpec();
      if (spec.usageMessage().hidden()) {
        continue;
      }
      String name = (before + " " + spec.name()).strip();
      page.append(".SS ").append(escape(synopsis(name, spec))).append('\n');
      for (String line : spec.usageMessage().description()) {
        page.append(line.isEmpty() ? ".PP\n" : "");
        text(line.replace("$$", "$"));
      }
      spec.positionalParameters().forEach(p -> item(p.paramLabel(), words(p.description(), p)));
      options(spec);
      command(spec, name);
    }
  }

  private static String synopsis(String name, CommandSpec spec) {
    StringBuilder synopsis = new StringBuilder(name);
    for (PositionalParamSpec parameter : spec.positionalParameters()) {
      synopsis.append(' ').append(parameter.paramLabel());
    }
    return synopsis.toString();
  }

  private void options(CommandSpec command) {
    List<OptionSpec> shown =
        command.options().stream()
            .filter(option -> !option.hidden() && !option.inherited())
            .filter(option -> command.parent() == null || !isStandard(option))
            .toList();
    for (OptionSpec option : shown) {
      String names = String.join(", ", option.names());
      String value = option.arity().max() > 0 ? "=" + option.paramLabel() : "";
      item(names + value, words(option.description(), option));
    }
  }

  private static boolean isStandard(OptionSpec option) {
    return option.usageHelp() || option.versionHelp();
  }

  private static String words(String[] description, CommandLine.Model.ArgSpec argument) {
    String candidates =
        argument.completionCandidates() == null
            ? ""
            : String.join(", ", argument.completionCandidates());
    return String.join(" ", Arrays.asList(description))
        .replace("${DEFAULT-VALUE}", String.valueOf(argument.defaultValueString()))
        .replace("${COMPLETION-CANDIDATES}", candidates)
        .replace("%%", "%");
  }

  private void section(String title) {
    page.append(".SH ").append(title).append('\n');
  }

  private void item(String what, String words) {
    page.append(".TP\n.B ").append(escape(what)).append('\n');
    text(words);
  }

  private void text(String words) {
    page.append(escape(words)).append('\n');
  }

  /** A hyphen is a minus, as options are copied from here; a leading dot or quote is no request. */
  private static String escape(String text) {
    String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("…", "...");
    return plain.startsWith(".") || plain.startsWith("'") ? "\\&" + plain : plain;
  }
}
