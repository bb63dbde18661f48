package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FrameTest {

  private final FrameEncoder encoder = new FrameEncoder();

  @Test
  void everyPartOfAnEventSurvivesTheFrame() throws Exception {
    Event event = Events.full();

    encoder.append(new Frame(event, Slice.ofUtf8("ask"), Slice.ofUtf8("answer")), 7);

    FrameReader.Whole whole = (FrameReader.Whole) new FrameReader(encoder.bytes()).next();
    assertThat(new EventReader().read(whole.event())).usingRecursiveComparison().isEqualTo(event);
    assertThat(whole.request().toUtf8()).isEqualTo("ask");
    assertThat(whole.response().toUtf8()).isEqualTo("answer");
  }

  @Test
  void aChangedFrameCostsNoOther() {
    Frame frame = new Frame(Events.minimal(), Slice.EMPTY, Slice.EMPTY);
    int first = encoder.append(frame, 0);
    encoder.append(frame, 1);
    byte[] bytes = encoder.bytes().toBytes().clone();
    bytes[first - 1] ^= 1;

    FrameReader reader = new FrameReader(Slice.of(bytes));

    assertThat(reader.next()).isInstanceOf(FrameReader.Corrupt.class);
    assertThat(reader.next()).isInstanceOf(FrameReader.Whole.class);
    assertThat(reader.next()).isNull();
    assertThat(reader.cut()).isFalse();
  }

  @Test
  void everyCutLeavesTheWholeFramesBeforeIt() {
    Frame frame = new Frame(Events.minimal(), Slice.ofUtf8("q"), Slice.ofUtf8("r"));
    int first = encoder.append(frame, 0);
    int second = encoder.append(frame, 1);
    byte[] bytes = encoder.bytes().toBytes();

    for (int length = first + 1; length < first + second; length++) {
      FrameReader reader = new FrameReader(new Slice(bytes, 0, length));

      assertThat(reader.next()).isInstanceOf(FrameReader.Whole.class);
      assertThat(reader.next()).isNull();
      assertThat(reader.cut()).isTrue();
      assertThat(reader.position()).isEqualTo(first);
    }
  }

  @Test
  void aSegmentThatJustBegan_hasNoFrames() {
    byte[] segment = ByteBuffer.allocate(4).putInt(Spool.MAGIC).array();

    for (int length = 0; length <= segment.length; length++) {
      FrameReader reader = FrameReader.ofSegment(Arrays.copyOf(segment, length));

      assertThat(reader.next()).isNull();
      assertThat(reader.cut()).isFalse();
    }
  }

  @Test
  void anUnknownVersionIsNamed() {
    assertThatThrownBy(() -> new EventReader().read(Slice.ofUtf8("{\"v\":9,\"kind\":\"request\"}")))
        .isInstanceOf(EventFormatException.class)
        .hasMessage("event has version 9; 1 is known here");
  }
}
