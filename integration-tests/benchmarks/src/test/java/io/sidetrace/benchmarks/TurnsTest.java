package io.sidetrace.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.benchmarks.app.Subject;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TurnsTest {

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void order_putsEachInEachPlaceEquallyOften(int count) {
    List<Subject> subjects = List.of(Subject.values()).subList(0, count);

    List<List<Subject>> rounds =
        IntStream.range(0, 2 * count).mapToObj(round -> Turns.order(subjects, round)).toList();

    for (int place = 0; place < count; place++) {
      int at = place;
      List<Subject> there = rounds.stream().map(round -> round.get(at)).toList();
      for (Subject subject : subjects) {
        assertThat(Collections.frequency(there, subject)).isEqualTo(2);
      }
    }
  }
}
