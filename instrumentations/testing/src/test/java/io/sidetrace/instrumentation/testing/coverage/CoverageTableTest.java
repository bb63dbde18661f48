package io.sidetrace.instrumentation.testing.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTableTest {
  private static final String JDK = String.valueOf(Runtime.version().feature());

  @TempDir Path modules;

  private void shown(String library, String version, List<Behaviour> behaviours)
      throws IOException {
    List<String> lines = new ArrayList<>();
    for (Behaviour behaviour : behaviours) {
      boolean absent = behaviour == Behaviour.HTTP_2;
      lines.add(
          String.join(
              "\t",
              library,
              version,
              JDK,
              behaviour.name(),
              absent ? "ABSENT" : "KEPT",
              absent ? "too old." : ""));
    }
    Path folder = Files.createDirectories(modules.resolve("a").resolve(CoverageExtension.FOLDER));
    Files.write(folder.resolve(library + version + ".tsv"), lines);
  }

  private String page(String before) throws IOException {
    return CoverageTable.of(modules).page(before);
  }

  @Test
  void page_hasALineForEachVersion_andTheReasonsBelow() throws IOException {
    shown("lib", "1.10", Side.CLIENT.columns());
    shown("lib", "1.9", Side.CLIENT.columns());

    assertThat(page(""))
        .containsSubsequence("| lib | 1.9 | " + JDK + " | ✓ |", "| lib | 1.10 | ", "| – |")
        .containsOnlyOnce("- **lib**, HTTP/2: too old.");
  }

  @Test
  void page_keepsWhatOtherJdksHaveShown_andJoinsWhatIsAlike() throws IOException {
    shown("lib", "1.0", Side.CLIENT.columns());
    String before = page("");

    String after = page(before.replace("| 1.0 | " + JDK + " |", "| 1.0 | 99 |"));

    assertThat(after).contains("| lib | 1.0 | " + JDK + ", 99 | ✓ |");
    assertThat(page(after)).isEqualTo(after);
  }

  @Test
  void page_forgetsWhatThisJdkHasNotShownAgain() throws IOException {
    shown("lib", "1.0", Side.CLIENT.columns());
    String before = page("").replace("| lib | 1.0 |", "| gone | 1.0 |");

    assertThat(page(before)).doesNotContain("gone");
  }

  @Test
  void page_keepsTheReasonsOfWhatOnlyOtherJdksRun() throws IOException {
    shown("lib", "1.0", Side.CLIENT.columns());
    String before = page("").replace("| 1.0 | " + JDK + " |", "| 1.0 | 99 |");
    Files.delete(modules.resolve("a").resolve(CoverageExtension.FOLDER).resolve("lib1.0.tsv"));

    assertThat(page(before)).isEqualTo(before);
  }

  @Test
  void page_hasATableForEachSideThatHasRows() throws IOException {
    shown("lib", "1.0", Side.SDK.columns());

    assertThat(page("")).contains("## SDKs").doesNotContain("## Clients");
  }

  @Test
  void page_hasNoEmptyCell() throws IOException {
    shown("lib", "1.0", List.of(Behaviour.WHOLE));

    assertThatThrownBy(() -> page("")).hasMessageContaining("was not tested for \"guest\"");
  }
}
