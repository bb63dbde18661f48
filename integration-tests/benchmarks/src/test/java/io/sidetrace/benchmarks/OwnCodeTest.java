package io.sidetrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.benchmarks.app.Samples.Frame;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnCodeTest {
  private static final String OKHTTP = "io.sidetrace.instrumentation.okhttp.";

  @Test
  void allThatAdviceCalls_isOurs() {
    List<Frame> stack =
        stack(
            "okhttp3.Headers.get",
            OKHTTP + "CallAdvice.exit",
            OKHTTP + "CallAdvice$Bridge7.call",
            "okhttp3.internal.connection.RealCall.execute");

    assertThat(OwnCode.entered(stack)).isEqualTo("CallAdvice.exit");
  }

  @Test
  void whatAWrapperPassesOn_isNot() {
    List<Frame> stack =
        stack(
            "java.net.Socket.read",
            "okio.RealBufferedSource.read",
            OKHTTP + "TeeSource.read",
            "okio.RealBufferedSource.read");

    assertThat(OwnCode.entered(stack)).isNull();
  }

  @Test
  void whatAWrapperDoes_isOurs() {
    List<Frame> stack =
        stack(
            "java.lang.System.arraycopy",
            "io.sidetrace.agent.api.ClientCall.responseBytes",
            OKHTTP + "TeeSource.read",
            "okio.RealBufferedSource.read");

    assertThat(OwnCode.entered(stack)).isEqualTo("TeeSource.read");
  }

  @Test
  void theDemoIsNot() {
    List<Frame> stack = stack("java.lang.String.concat", "io.sidetrace.demo.Chat.complete");

    assertThat(OwnCode.entered(stack)).isNull();
  }

  private static List<Frame> stack(String... names) {
    return Arrays.stream(names)
        .map(
            name -> {
              int dot = name.lastIndexOf('.');
              return new Frame(name.substring(0, dot), name.substring(dot + 1));
            })
        .toList();
  }
}
