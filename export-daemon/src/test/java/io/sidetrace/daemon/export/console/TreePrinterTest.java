package io.sidetrace.daemon.export.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.DemoTrace;
import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.daemon.shape.Observation;
import io.sidetrace.daemon.shape.Shaper;
import io.sidetrace.event.Event;
import io.sidetrace.event.Slice;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class TreePrinterTest {
  private static final Shaper SHAPER = new Shaper(new Shaper.Defaults(null, null));

  private final TreePrinter plain = new TreePrinter(Paint.PLAIN, 100, ZoneOffset.UTC);

  @Test
  void print_drawsTheTreeOfAStreamingChat() {
    assertThat(plain.print(demo(), false))
        .isEqualTo(
            """
            12:00:00.000  POST /v1/chat/completions             1.24 s  200  demo-chat  user=ada  session=s-1
                          │ in   {"message":"How are you?"}
                          │ out  data: Fine, data: thank you.
                          └─ ChatController.complete            1.23 s
                             └─ chat.completions qwen-emotion   1.20 s  qwen-emotion-2  first token 210 ms  21 → 9 tokens (16 cached)
                                  in   user: How are you?
                                  out  assistant: Fine, thank you.

            """);
  }

  @Test
  void print_doesNotDependOnTheOrderOfArrival() {
    List<Observation> reversed = new ArrayList<>(demo());
    Collections.reverse(reversed);

    assertThat(plain.print(reversed, false)).isEqualTo(plain.print(demo(), false));
  }

  @Test
  void print_showsErrorsInRed_onATerminal() {
    Event failed =
        FakeAgent.event(Event.Kind.SPAN, 1)
            .error(new Event.Failure("java.io.IOException", "broken pipe", null))
            .build();
    TreePrinter coloured = new TreePrinter(Paint.ANSI, 100, ZoneOffset.UTC);

    String text = coloured.print(List.of(SHAPER.shape(failed, Slice.EMPTY, Slice.EMPTY)), false);

    assertThat(text).contains("\u001b[1;31m✗ java.io.IOException: broken pipe\u001b[0m");
  }

  @Test
  void print_marksWhatHasNoParentHere() {
    List<Observation> withoutRoot = demo().subList(0, 2);

    assertThat(plain.print(withoutRoot, false)).contains("(its parent is not here)");
    assertThat(plain.print(withoutRoot, true)).contains("(more of trace 4bf92f3577b34da6a3ce");
  }

  private static List<Observation> demo() {
    return DemoTrace.frames(1).stream()
        .map(
            frame ->
                SHAPER.shape(frame.event(), frame.request().joined(), frame.response().joined()))
        .toList();
  }
}
