package io.sidetrace.agent.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** W3C trace-context, level 1 and 2: 3.2 and its test suite's cases. */
class TraceParentTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "00-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-00",
        "cc-" + TRACE + "-" + SPAN + "-01",
        "cc-" + TRACE + "-" + SPAN + "-01-what-the-future-will-be-like",
        "cc-" + TRACE + "-" + SPAN + "-01-"
      })
  void aWellFormedHeader_isRead(String header) {
    assertThat(TraceParent.parse(header)).isEqualTo(new TraceParent(TRACE, SPAN));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-" + TRACE + "-" + SPAN + "-01",
        "00-" + TRACE + "-" + SPAN + "-01-extra",
        "00-" + TRACE + "-" + SPAN + "-01.",
        "cc-" + TRACE + "-" + SPAN + "-01.what",
        "00-" + TRACE + "-" + SPAN + "-1",
        "00-" + TRACE + "-" + SPAN + "-0x",
        "0x-" + TRACE + "-" + SPAN + "-01",
        "00-0AF7651916CD43DD8448EB211C80319C-" + SPAN + "-01",
        "00-" + TRACE + "-B7AD6B7169203331-01",
        "00-00000000000000000000000000000000-" + SPAN + "-01",
        "00-" + TRACE + "-0000000000000000-01",
        "00-" + TRACE + "_" + SPAN + "-01",
        " 00-" + TRACE + "-" + SPAN + "-01"
      })
  void aMalformedHeader_isNoParent(String header) {
    assertThat(TraceParent.parse(header)).isNull();
  }

  @Test
  void whatWeWrite_weRead() {
    String trace = Ids.traceId();
    String span = Ids.spanId();

    String header = TraceParent.format(trace, span);

    assertThat(TraceParent.parse(header)).isEqualTo(new TraceParent(trace, span));
  }
}
