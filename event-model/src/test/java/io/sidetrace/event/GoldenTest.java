package io.sidetrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The formats as they lie on disks and in streams. When one of these fails, other programs can't
 * read what we write: that needs a new version number and a reader for the old one.
 */
class GoldenTest {

  static Stream<Arguments> goldenEvents() {
    return Stream.of(
        Arguments.of("minimal.json", Events.minimal()),
        Arguments.of("request.json", Events.request()),
        Arguments.of("exchange.json", Events.exchange()),
        Arguments.of("full.json", Events.full()));
  }

  @ParameterizedTest
  @MethodSource("goldenEvents")
  void anEventIsWrittenAsEver(String file, Event event) throws Exception {
    FrameBuffer out = new FrameBuffer();
    new EventWriter(out).write(event, event.sequence());

    assertThat(new Slice(out.array(), 0, out.size()).toUtf8()).isEqualTo(golden(file));
  }

  @ParameterizedTest
  @MethodSource("goldenEvents")
  void anEventIsReadAsEver(String file, Event event) throws Exception {
    Event read = new EventReader().read(Slice.ofUtf8(golden(file)));

    assertThat(read).usingRecursiveComparison().isEqualTo(event);
  }

  @Test
  void aSegmentIsWrittenAsEver() throws Exception {
    FrameEncoder frames = new FrameEncoder();
    frames.append(new Frame(Events.minimal(), Slice.ofUtf8("ask"), Slice.ofUtf8("answer")), 258);
    frames.append(new Frame(Events.request(), Slice.EMPTY, Slice.EMPTY), 259);

    String magic = HexFormat.of().toHexDigits(Spool.MAGIC);
    Slice bytes = frames.bytes();
    String written =
        magic
            + HexFormat.of()
                .formatHex(bytes.array(), bytes.offset(), bytes.offset() + bytes.length());
    assertThat(written.replaceAll("(.{64})", "$1\n").strip()).isEqualTo(golden("segment.hex"));
  }

  @Test
  void aSegmentIsReadAsEver() throws Exception {
    byte[] segment = HexFormat.of().parseHex(golden("segment.hex").replace("\n", ""));

    FrameReader reader = FrameReader.ofSegment(segment);

    FrameReader.Whole first = (FrameReader.Whole) reader.next();
    assertThat(new EventReader().read(first.event()).sequence()).isEqualTo(258);
    assertThat(first.request().toUtf8()).isEqualTo("ask");
    assertThat(first.response().toUtf8()).isEqualTo("answer");
    FrameReader.Whole second = (FrameReader.Whole) reader.next();
    assertThat(new EventReader().read(second.event()).name()).isEqualTo("POST /orders/{id}");
    assertThat(reader.next()).isNull();
    assertThat(reader.cut()).isFalse();
  }

  static String golden(String file) throws IOException {
    try (InputStream in = GoldenTest.class.getResourceAsStream("/golden/" + file)) {
      if (in == null) {
        throw new IOException("there is no golden file " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
