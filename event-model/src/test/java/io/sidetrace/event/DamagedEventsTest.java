package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Whatever the bytes, a reader gives an event or says what is wrong; it never fails otherwise. */
class DamagedEventsTest {
  private static final int ROUNDS = 20_000;

  /** Fixed, so that a failure can be looked at. */
  private final Random random = new Random(42);

  private final EventReader events = new EventReader();

  @Test
  void anEventCutAnywhereIsRefused() throws Exception {
    byte[] whole = Slice.ofUtf8(GoldenTest.golden("full.json")).array();

    for (int length = 0; length < whole.length; length++) {
      assertThat(isEvent(new Slice(whole, 0, length))).as("length " + length).isFalse();
    }
    assertThat(isEvent(Slice.of(whole))).isTrue();
  }

  @Test
  void changedBytesGiveAnEventOrAReason() throws Exception {
    byte[] whole = Slice.ofUtf8(GoldenTest.golden("full.json")).array();
    int events = 0;

    for (int i = 0; i < ROUNDS; i++) {
      byte[] changed = whole.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      events += isEvent(Slice.of(changed)) ? 1 : 0;
    }

    assertThat(events).isBetween(1, ROUNDS - 1);
  }

  @Test
  void movedPiecesOfJsonGiveAnEventOrAReason() throws Exception {
    String whole = GoldenTest.golden("full.json");
    String[] pieces = whole.split("(?<=[,:{}\\[\\]])", -1);

    for (int i = 0; i < ROUNDS; i++) {
      StringBuilder text = new StringBuilder();
      for (String piece : pieces) {
        text.append(random.nextInt(20) == 0 ? pieces[random.nextInt(pieces.length)] : piece);
      }
      isEvent(Slice.ofUtf8(text.toString()));
    }
  }

  @Test
  void randomBytesAreNoFrames() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      // Short lengths, so that the reader gets past the first check.
      for (int at = 0; at + 3 < bytes.length && random.nextBoolean(); at += 4) {
        bytes[at] = bytes[at + 1] = bytes[at + 2] = 0;
      }
      FrameReader reader = new FrameReader(Slice.of(bytes));
      int before = 0;
      while (reader.next() instanceof FrameReader.Corrupt) {
        assertThat(reader.position()).isGreaterThan(before);
        before = reader.position();
      }
      assertThat(reader.position()).isLessThanOrEqualTo(bytes.length);
    }
  }

  @Test
  void aChangedByteIsAlwaysNoticed() {
    FrameEncoder encoder = new FrameEncoder();
    encoder.append(new Frame(Events.full(), Slice.ofUtf8("q"), Slice.ofUtf8("r")), 1);
    byte[] frame = encoder.bytes().toBytes().clone();

    for (int at = 4; at < frame.length; at++) {
      byte[] changed = frame.clone();
      changed[at] ^= (byte) (1 << random.nextInt(8));

      assertThat(new FrameReader(Slice.of(changed)).next())
          .as("byte " + at)
          .isInstanceOf(FrameReader.Corrupt.class);
    }
  }

  @Test
  void aWellFormedFrameWithWrongLengthsInsideIsCorrupt() {
    for (int i = 0; i < ROUNDS; i++) {
      byte[] body = new byte[random.nextInt(40)];
      random.nextBytes(body);
      if (body.length > 0) {
        body[0] = FrameEncoder.VERSION;
      }
      FrameReader.Item item = new FrameReader(Slice.of(framed(body))).next();
      assertThat(item).isNotNull();
      assertThat(item.bytes().length()).isEqualTo(body.length + FrameEncoder.HEAD_BYTES);
    }
  }

  private boolean isEvent(Slice bytes) {
    try {
      return events.read(bytes) != null;
    } catch (EventFormatException e) {
      assertThat(e).hasMessageNotContaining("null where");
      return false;
    }
  }

  private static byte[] framed(byte[] body) {
    CRC32C crc = new CRC32C();
    crc.update(body);
    return ByteBuffer.allocate(FrameEncoder.HEAD_BYTES + body.length)
        .putInt(body.length)
        .putInt((int) crc.getValue())
        .put(body)
        .array();
  }
}
