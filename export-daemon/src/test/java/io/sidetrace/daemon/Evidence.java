package io.sidetrace.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.daemon.deadletter.DeadLetter;
import io.sidetrace.daemon.deadletter.DeadLetterFile;
import io.sidetrace.daemon.deadletter.DeadLetters;
import io.sidetrace.event.EventFormatException;
import io.sidetrace.event.EventReader;
import io.sidetrace.event.FrameReader;
import io.sidetrace.standin.langfuse.ReceivedSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of events, as it lies before Langfuse and in the dead letters. */
public final class Evidence {
  private Evidence() {}

  /**
   * Fails if one event came in two forms: Langfuse replaces a row by its repeat only if trace, span
   * and start are the same, and then the last one wins whole.
   */
  public static void assertThatRepeatsAreIdentical(List<ReceivedSpan> spans) {
    Map<String, ReceivedSpan> first = new HashMap<>();
    for (ReceivedSpan span : spans) {
      ReceivedSpan other = first.putIfAbsent(span.spanId(), span);
      if (other != null) {
        assertThat(span)
            .usingRecursiveComparison()
            .ignoringFields("receivedNanos")
            .isEqualTo(other);
      }
    }
  }

  public static Set<String> names(List<ReceivedSpan> spans) {
    Set<String> names = new HashSet<>();
    spans.forEach(span -> names.add(span.name()));
    return names;
  }

  /** The names of the events among the dead letters in a folder. */
  public static Set<String> namesOfLetters(Path folder) {
    Set<String> names = new HashSet<>();
    for (DeadLetter letter : letters(folder)) {
      try {
        if (new FrameReader(letter.frame()).next() instanceof FrameReader.Whole whole) {
          names.add(new EventReader().read(whole.event()).name());
        }
      } catch (EventFormatException e) {
        names.add("unreadable: " + letter.reason());
      }
    }
    return names;
  }

  public static List<DeadLetter> letters(Path folder) {
    List<DeadLetter> letters = new ArrayList<>();
    try {
      for (Path file : DeadLetters.files(folder)) {
        DeadLetterFile.read(file, letters::add);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return letters;
  }
}
