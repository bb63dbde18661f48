package io.sidetrace.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.instrumentation.testing.coverage.CoverageTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** In a module of its own, which is built after all whose tests the page tells of. */
class CoverageTest {
  private static final Path PAGE = Path.of("..", "..", "docs", "coverage.md");

  @Test
  void thePage_saysWhatTheTestsOfThisBuildHaveShown() throws IOException {
    String page = Files.readString(PAGE);

    String shown = CoverageTable.of(Path.of("..")).page(page);

    if (Boolean.getBoolean("coverage.write")) {
      Files.writeString(PAGE, shown);
    } else {
      assertThat(page)
          .as("after a clean build of all modules; -Dcoverage.write writes it anew")
          .isEqualTo(shown);
    }
  }
}
