package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OptionsReaderTest {
  @Test
  void read_prefersFlags_thenTheEnvironment_thenTheFile() throws Exception {
    String file = "parallel: 1\nbatch-count: 1\nlinger: 1s";

    DaemonOptions options =
        read(
            Map.of("parallel", "3"),
            Map.of("SIDETRACE_PARALLEL", "2", "SIDETRACE_BATCH_COUNT", "2"),
            file);

    assertThat(options.parallel()).isEqualTo(3);
    assertThat(options.batchCount()).isEqualTo(2);
    assertThat(options.linger()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void read_takesTheVariablesOfLangfuse() throws Exception {
    DaemonOptions options =
        read(
            Map.of(),
            Map.of(
                "LANGFUSE_HOST", "https://old.example/",
                "LANGFUSE_SAMPLE_RATE", "0.25",
                "LANGFUSE_FLUSH_INTERVAL", "5",
                "LANGFUSE_TRACING_ENVIRONMENT", "staging"),
            "");

    assertThat(options.langfuseUrl()).hasToString("https://old.example");
    assertThat(options.shape().sampleRate()).isEqualTo(0.25);
    assertThat(options.linger()).isEqualTo(Duration.ofSeconds(5));
    assertThat(options.environment()).isEqualTo("staging");
  }

  @Test
  void read_leavesTheSpoolAlone_whenOnlyRedisIsGiven() throws Exception {
    Map<String, String> redis = Map.of("SIDETRACE_REDIS_URL", "redis://localhost");

    assertThat(read(Map.of(), redis, "").readsSpool()).isFalse();
    assertThat(read(Map.of("spool", "/tmp/x"), redis, "").readsSpool()).isTrue();
    assertThat(read(Map.of(), Map.of(), "").readsSpool()).isTrue();
  }

  @Test
  void read_namesTheNearestKey_whenOneIsUnknown() {
    assertThatThrownBy(() -> read(Map.of(), Map.of(), "langfuse-ulr: x"))
        .isInstanceOf(OptionException.class)
        .hasMessage("test.yaml:1: unknown key langfuse-ulr; nearest is langfuse-url");
  }

  @Test
  void read_saysWhatAValueShouldBe() {
    assertThatThrownBy(() -> read(Map.of("linger", "soon"), Map.of(), ""))
        .hasMessage("linger is 'soon', which is no duration");
    assertThatThrownBy(() -> read(Map.of("sample-rate", "2"), Map.of(), ""))
        .hasMessage("sample-rate is 2.0, not 0 to 1");
    assertThatThrownBy(() -> read(Map.of("exporters", "langfuse"), Map.of(), ""))
        .hasMessageContaining("needs LANGFUSE_PUBLIC_KEY");
  }

  @Test
  void suspicious_findsSlips() {
    OptionsReader reader =
        new OptionsReader(
            Map.of(), Map.of("SIDETRACE_SPOL", "/x", "SIDETRACE_QUEUE", "1"), ConfigFile.NONE);

    assertThat(reader.suspicious())
        .containsExactly("SIDETRACE_SPOL is not known; is SIDETRACE_SPOOL meant?");
  }

  @Test
  void parse_readsValuesAsPeopleWriteThem() {
    assertThat(OptionValues.parse("1.5s", Duration.class)).isEqualTo(Duration.ofMillis(1500));
    assertThat(OptionValues.parse("200ms", Duration.class)).isEqualTo(Duration.ofMillis(200));
    assertThat(OptionValues.parse("64MiB", long.class)).isEqualTo(64L << 20);
    assertThat(OptionValues.parse("3500kB", int.class)).isEqualTo(3_500_000);
    assertThat(OptionValues.parse("a, b,", List.class)).isEqualTo(List.of("a", "b"));
  }

  @Test
  void docs_holdTheTableOfTheRecord() throws Exception {
    String table =
        OptionsReader.components().stream()
            .map(OptionsReaderTest::row)
            .collect(Collectors.joining("\n"));

    assertThat(Files.readString(Path.of("../docs/daemon.md"))).contains(table);
  }

  private static String row(RecordComponent component) {
    Setting setting = OptionsReader.setting(component);
    List<String> variables = new ArrayList<>();
    if (!setting.fileOnly()) {
      variables.add(OptionsReader.variable(component));
      variables.addAll(Arrays.asList(setting.env()));
    }
    String flag =
        (setting.secret() || setting.fileOnly() ? "" : "--") + OptionsReader.key(component);
    return Stream.of(
            "`" + flag + "`",
            setting.help(),
            setting.unit(),
            setting.fallback().isEmpty() ? "" : "`" + setting.fallback() + "`",
            variables.stream().map(v -> "`" + v + "`").collect(Collectors.joining(", ")))
        .collect(Collectors.joining(" | ", "| ", " |"))
        .replace("|  |", "| |")
        .replace("|  |", "| |");
  }

  private static DaemonOptions read(
      Map<String, String> flags, Map<String, String> environment, String file)
      throws OptionException {
    return new OptionsReader(flags, environment, ConfigFile.parse("test.yaml", file, environment))
        .read();
  }
}
