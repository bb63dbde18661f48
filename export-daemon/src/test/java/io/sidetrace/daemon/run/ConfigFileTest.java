package io.sidetrace.daemon.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sidetrace.daemon.shape.ContentRule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigFileTest {
  @Test
  void read_takesSectionsAsBeginningsOfKeys() throws Exception {
    DaemonOptions options =
        read(
            """
            # a comment
            linger: 1s
            langfuse:
              url: https://langfuse.example
              timeout: 3s
            exporters: [console, jsonl]
            mask:
              detect: [email, card]
              patterns:
                - 'KD-\\d{6}'
                - {match: 'x+', with: '[x]'}
              deny: $..password
              content:
                - {route: [/hr/*, /pay], service: shop, do: drop}
            """);

    assertThat(options.linger()).isEqualTo(Duration.ofSeconds(1));
    assertThat(options.langfuseUrl()).hasToString("https://langfuse.example");
    assertThat(options.langfuseTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(options.exporters()).containsExactly("console", "jsonl");
    ShapeOptions shape = options.shape();
    assertThat(shape.maskDetect()).containsExactly("email", "card");
    assertThat(shape.maskPatterns()).extracting(p -> p.mask()).containsExactly("[masked]", "[x]");
    assertThat(shape.maskDeny()).hasToString("[$..password]");
    assertThat(shape.maskContent())
        .extracting(ContentRule::action)
        .containsExactly(ContentRule.Action.DROP);
    assertThat(shape.maskContent().get(0).when().route()).hasSize(2);
  }

  @Test
  void read_takesValuesFromTheEnvironment_whereTheFileSaysSo() throws Exception {
    ConfigFile file =
        ConfigFile.parse("a.yaml", "langfuse-secret-key: ${SECRET}", Map.of("SECRET", "sk-lf-1"));

    assertThat(options(file).langfuseSecretKey()).isEqualTo("sk-lf-1");
    assertThatThrownBy(() -> ConfigFile.parse("a.yaml", "x: ${NOT_THERE}", Map.of()))
        .hasMessage("a.yaml:1: the environment has no NOT_THERE; set it, or write a value");
  }

  @Test
  void read_saysWhereAnUnknownKeyStands_andWhichIsNearest() {
    assertThatThrownBy(() -> read("parallel: 4\nsample:\n  rte: 0.5\n"))
        .isInstanceOf(OptionException.class)
        .hasMessage("test.yaml:3: unknown key sample-rte; nearest is sample-rate");
    assertThatThrownBy(() -> read("mask:\n  content:\n    - {do: drop,\n       rout: /hr/*}\n"))
        .hasMessage("test.yaml:4: unknown key rout; nearest is route");
  }

  @Test
  void read_saysWhereAValueMakesNoSense() {
    assertThatThrownBy(() -> read("\nlinger: soon"))
        .hasMessage("test.yaml:2: linger is 'soon', which is no duration");
    assertThatThrownBy(() -> read("mask:\n  patterns: ['(']"))
        .hasMessageContaining("test.yaml:2: match is '(': ")
        .hasMessageContaining("no regular expression");
    assertThatThrownBy(() -> read("mask-deny: [a.b]"))
        .hasMessageContaining("test.yaml:1")
        .hasMessageContaining("is no JSON path");
    assertThatThrownBy(() -> read("mask: {content: [{route: /x, do: hide}]}"))
        .hasMessage("test.yaml:1: do is 'hide': mask and drop are known");
    assertThatThrownBy(() -> read("mask: {content: [{status: 7xx, do: drop}]}"))
        .hasMessageContaining("is no status");
    assertThatThrownBy(() -> read("mask-detect: [emial]"))
        .hasMessage("mask-detect names emial; nearest is email");
    assertThatThrownBy(() -> read("sample-rate: 1\nsample: {rate: 2}"))
        .hasMessage("test.yaml:2: sample-rate is told here and at test.yaml:1");
  }

  @Test
  void read_saysWhatIsNoYaml() {
    assertThatThrownBy(() -> read("a: [1\nb: 2")).hasMessageStartingWith("test.yaml:2: is no YAML");
    assertThatThrownBy(() -> read("parallel=4"))
        .hasMessage("test.yaml:1: keys are expected, as in 'parallel: 4'");
    assertThatThrownBy(() -> read("a: 1\na: 2")).hasMessage("test.yaml:2: a is told twice");
  }

  @Test
  void projects_mustTakeEveryEvent() throws Exception {
    String keys = ", public-key: pk, secret-key: sk}";

    assertThat(read("projects: [{name: a" + keys + "]").projects()).hasSize(1);
    assertThatThrownBy(() -> read("projects: [{name: a, service: x" + keys + "]"))
        .hasMessageContaining("no project takes what the others don't");
    assertThatThrownBy(() -> read("projects: [{name: a" + keys + ", {name: b" + keys + "]"))
        .hasMessageContaining("project a takes every event");
    assertThatThrownBy(() -> read("projects: [{name: a, public-key: pk}]"))
        .hasMessage("test.yaml:1: secret-key is missing");
  }

  @Test
  void exampleOfTheReadme_isRead() throws Exception {
    String readme = Files.readString(Path.of("../README.md"));
    int begin = readme.indexOf("```yaml\n") + "```yaml\n".length();

    ShapeOptions shape = read(readme.substring(begin, readme.indexOf("```", begin))).shape();

    assertThat(shape.dropWithoutLlmCall()).isTrue();
    assertThat(shape.maskContent()).hasSize(1);
    assertThat(shape.sampleKeepSlow()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void exampleFile_isRead() throws Exception {
    Map<String, String> keys =
        Map.of("LANGFUSE_PUBLIC_KEY", "pk-lf-1", "LANGFUSE_SECRET_KEY", "sk-lf-1");

    DaemonOptions options =
        options(ConfigFile.read(Path.of("src/main/dist/sidetrace.example.yaml"), keys));

    assertThat(options.shape().detectors()).isNotEmpty();
  }

  private static DaemonOptions read(String yaml) throws OptionException {
    return options(ConfigFile.parse("test.yaml", yaml, Map.of()));
  }

  private static DaemonOptions options(ConfigFile file) throws OptionException {
    return new OptionsReader(Map.of(), Map.of(), file).read();
  }
}
