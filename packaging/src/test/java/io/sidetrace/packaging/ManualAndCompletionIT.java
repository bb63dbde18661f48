package io.sidetrace.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people's shells make of it. */
class ManualAndCompletionIT {
  private static final Path GENERATED = Packages.FOLDER.resolve("generated");

  @Test
  void man_showsThePage_withoutAWarning() {
    String page = GENERATED.resolve("sidetrace.1").toString();
    Map<String, String> strict = Map.of("MAN_KEEP_FORMATTING", "", "MANWIDTH", "120");

    String warnings =
        Run.with(strict, "sh", "-c", "man --warnings -l '" + page + "' 2>&1 >/dev/null")
            .succeeds()
            .said();
    String text = Run.with(strict, "man", "-l", page).succeeds().said();

    assertThat(warnings).isEmpty();
    assertThat(text)
        .contains("sidetrace - delivers what")
        .contains("--langfuse-url=<URL>")
        .contains("deadletter replay");
  }

  @Test
  void bash_completesCommandsAndOptions() {
    String complete =
        """
        source '%s'
        compopt() { :; } # it works only while a key is being handled
        complete_words() {
          COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMP_LINE="$*"; COMP_POINT=${#COMP_LINE}
          COMPREPLY=(); _complete_sidetrace; echo "${COMPREPLY[*]}"
        }
        complete_words sidetrace sta
        complete_words sidetrace run --langfuse-u
        complete_words sidetrace deadletter re
        """
            .formatted(GENERATED.resolve("sidetrace.bash"));

    assertThat(Run.of("bash", "-c", complete).succeeds().said().lines().map(String::strip))
        .containsExactly("status", "--langfuse-url", "replay");
  }

  /** A real zsh at a terminal of its own: its completion works nowhere else. */
  @Test
  void zsh_completesCommandsAndOptions() {
    String folder = GENERATED.toString();
    String session =
        """
        zmodload zsh/zpty
        zpty z 'TERM=dumb COLUMNS=200 zsh -f -i'
        zpty -w z "PS1='READY>'; fpath=('%s' \\$fpath); autoload -Uz compinit; compinit -u -D"
        zpty -w z "bindkey '^I' complete-word; LISTMAX=10000; echo GO''ON"
        zpty -r -m z seen '*GOON*READY>*'
        zpty -n -w z $'sidetrace sta\\t'
        zpty -r -m z seen '*sidetrace status *'
        zpty -n -w z $'\\x15sidetrace run --langfuse-u\\t'
        zpty -r -m z seen '*langfuse-url=*'
        zpty -n -w z $'\\x15sidetrace deadletter rep\\t'
        zpty -r -m z seen '*deadletter replay *'
        zpty -d z
        echo completed
        """
            .formatted(folder);

    assertThat(Run.of("timeout", "30", "zsh", "-f", "-c", session).succeeds().said())
        .contains("completed");
  }
}
