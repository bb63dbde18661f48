package io.sidetrace.daemon.export.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DemoTrace;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.daemon.shape.Shaper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TraceAssemblerTest {
  private static final long SECOND = 1_000_000_000L;

  private final List<String> handedOut = new ArrayList<>();
  private final TraceAssembler assembler =
      new TraceAssembler((spans, late) -> handedOut.add(spans.size() + (late ? " late" : "")));
  private final List<Observation> spans = demo();

  @Test
  void release_waitsForTheRoot_andABitLonger() {
    assembler.add(spans.get(0), 0);
    assembler.release(SECOND);
    assertThat(handedOut).isEmpty();

    assembler.add(spans.get(2), SECOND);
    assembler.add(spans.get(1), SECOND + 1);
    assembler.release(SECOND + TraceAssembler.AFTER_ROOT.toNanos());

    assertThat(handedOut).containsExactly("3");
  }

  @Test
  void release_doesNotWaitForARootForEver() {
    assembler.add(spans.get(0), 0);

    assembler.release(TraceAssembler.WITHOUT_ROOT.toNanos());

    assertThat(handedOut).containsExactly("1");
  }

  @Test
  void release_marksWhatComesAfterItsTrace() {
    assembler.add(spans.get(2), 0);
    assembler.release(SECOND);

    assembler.add(spans.get(0), SECOND);
    assembler.releaseAll();

    assertThat(handedOut).containsExactly("1", "1 late");
  }

  private static List<Observation> demo() {
    Shaper shaper = new Shaper(new Shaper.Defaults(null, null));
    return DemoTrace.frames(1).stream()
        .map(
            frame ->
                shaper.shape(frame.event(), frame.request().joined(), frame.response().joined()))
        .toList();
  }
}
