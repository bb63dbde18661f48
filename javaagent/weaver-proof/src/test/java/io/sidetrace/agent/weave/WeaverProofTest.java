package io.sidetrace.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The weaver is ours, so it has to be beyond doubt: see JdkProof and JarProof for what is proven.
 */
class WeaverProofTest {

  @Test
  void everyMethodOfTheJdk_verifiesWoven() throws Exception {
    String classPath = System.getProperty("java.class.path");
    var command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+BytecodeVerificationLocal",
            "-Xmx1g",
            "--add-modules=ALL-SYSTEM",
            "-javaagent:" + pathOf("byte-buddy-agent"),
            "-cp",
            classPath,
            JdkProof.class.getName());

    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    System.out.println(output);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).containsPattern("[0-9]{6} methods of [0-9]{5} classes woven and verified");
  }

  @Test
  void everyMethodOfPopularJars_verifiesWoven() throws Exception {
    List<Path> jars = classPath().filter(file -> file.endsWith(".jar")).map(Path::of).toList();

    Tally tally = new JarProof(jars).prove(jars);

    System.out.println(jars.size() + " jars: " + tally);
    assertThat(tally.failures).isEmpty();
    assertThat(tally.classes).isGreaterThan(40_000);
  }

  private static String pathOf(String jar) {
    return classPath().filter(file -> file.contains(jar)).findFirst().orElseThrow();
  }

  private static Stream<String> classPath() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }
}
