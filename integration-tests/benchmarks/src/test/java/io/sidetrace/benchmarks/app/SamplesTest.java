package io.sidetrace.benchmarks.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.benchmarks.app.Samples.Frame;
import io.sidetrace.benchmarks.app.Samples.Sample;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {
  private static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  @Test
  void during_findsWhatAThreadIsAt() throws Exception {
    Samples samples = new Samples(JAVA_HOME, ProcessHandle.current().pid());

    List<Sample> taken =
        samples.during(
            () -> {
              Thread thread = new Thread(SamplesTest::work, "caller");
              thread.start();
              thread.join();
            });

    assertThat(taken)
        .filteredOn(sample -> sample.kind() == ThreadKind.REQUEST)
        .anySatisfy(
            sample ->
                assertThat(sample.stack())
                    .contains(new Frame(SamplesTest.class.getName(), "work"))
                    .last()
                    .isEqualTo(new Frame(Thread.class.getName(), "run")));
  }

  private static void work() {
    long end = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    long sum = 0;
    while (System.nanoTime() < end || sum == 1) {
      sum += Long.toString(sum).hashCode();
    }
  }
}
