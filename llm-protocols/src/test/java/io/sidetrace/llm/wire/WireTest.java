package io.sidetrace.llm.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.llm.Chunks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class WireTest {
  private static final int MAX = 1 << 20;

  private static List<String> sse(String body) {
    List<String> events = new ArrayList<>();
    byte[] bytes = body.getBytes(UTF_8);
    Sse.read(
        bytes,
        0,
        bytes.length,
        (name, data, start, end, bodyEnd) ->
            events.add(name + "=" + new String(data, start, end - start, UTF_8)));
    return events;
  }

  @Test
  void sse_joinsDataLinesAndPassesOverTheRest() {
    assertThat(
            sse(": hi\nevent: a\ndata: 1\ndata:2\nid: 7\nretry: 9\n\ndata\n\nevent: b\n\ndata: 3"))
        .containsExactly("a=1\n2", "=", "=3");
  }

  @Test
  void sse_takesAnyLineEnd() {
    for (String eol : List.of("\n", "\r", "\r\n")) {
      assertThat(sse(String.join(eol, "event: a", "data: 1", "", "data: 2", "", "")))
          .as(eol.replace("\r", "CR").replace("\n", "LF"))
          .containsExactly("a=1", "=2");
    }
  }

  @Test
  void eol_isFoundAtAnyPlace() {
    for (int length = 0; length < 40; length++) {
      byte[] bytes = new byte[length];
      Arrays.fill(bytes, (byte) 'x');
      assertThat(Eol.find(bytes, 0, length)).isEqualTo(length);
      for (int at = 0; at < length; at++) {
        byte[] copy = bytes.clone();
        copy[at] = (byte) (at % 2 == 0 ? '\n' : '\r');
        assertThat(Eol.find(copy, 0, length)).isEqualTo(at);
        assertThat(Eol.find(copy, at + 1, length)).isEqualTo(length);
      }
    }
  }

  @Test
  void eventStream_stopsAtADamagedMessage() {
    byte[] good = message("a", "{}");
    byte[] bad = message("b", "{\"x\":1}");
    bad[bad.length - 6] ^= 1;
    List<String> names = new ArrayList<>();
    byte[] body = new byte[good.length + bad.length];
    System.arraycopy(good, 0, body, 0, good.length);
    System.arraycopy(bad, 0, body, good.length, bad.length);

    boolean whole = EventStream.read(body, 0, body.length, (name, b, s, e, at) -> names.add(name));

    assertThat(whole).isFalse();
    assertThat(names).containsExactly("a");
  }

  private static byte[] message(String name, String payload) {
    byte[] header = ("\u000b:event-type\u0007\u0000" + (char) name.length() + name).getBytes(UTF_8);
    ByteBuffer out = ByteBuffer.allocate(16 + header.length + payload.length());
    out.putInt(out.capacity()).putInt(header.length);
    out.putInt(crc(out.array(), 8)).put(header).put(payload.getBytes(UTF_8));
    return out.putInt(crc(out.array(), out.position())).array();
  }

  private static int crc(byte[] bytes, int length) {
    CRC32 crc = new CRC32();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static String mended(String cut) {
    byte[] bytes = cut.getBytes(UTF_8);
    return new String(Mender.mendResponse(bytes, 0, bytes.length), UTF_8);
  }

  @Test
  void mender_keepsWhatIsWhole() {
    assertThat(mended("{\"a\":1,\"b\":[1,2,{\"c\":tr")).isEqualTo("{\"a\":1,\"b\":[1,2,{}]}");
    assertThat(mended("{\"a\":12")).isEqualTo("{}");
    assertThat(mended("{\"model\":\"gpt-4")).isEqualTo("{}");
    assertThat(mended("{\"a\":1,\"mod")).isEqualTo("{\"a\":1}");
    assertThat(mended("{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(mended("")).isEmpty();
  }

  @Test
  void mender_keepsTheBeginningOfTextThatGrew() {
    assertThat(mended("[{\"content\":\"Hel")).isEqualTo("[{\"content\":\"Hel\"}]");
    assertThat(mended("{\"text\":\"a\\")).isEqualTo("{\"text\":\"a\"}");
    assertThat(mended("{\"text\":\"a\\ud83d\\ud")).isEqualTo("{\"text\":\"a\"}");
    assertThat(mended("{\"text\":\"a\\u00e")).isEqualTo("{\"text\":\"a\"}");
  }

  @Test
  void mender_dropsHalfACharacterAndHalfAUsage() {
    byte[] half = Arrays.copyOf("{\"text\":\"aü".getBytes(UTF_8), 11);

    assertThat(new String(Mender.mendResponse(half, 0, half.length), UTF_8))
        .isEqualTo("{\"text\":\"a\"}");
    assertThat(mended("{\"a\":1,\"usage\":{\"input\":5,")).isEqualTo("{\"a\":1}");
  }

  @Test
  void body_takesOffAnyEncodingAndTrustsTheBytes() throws IOException {
    byte[] plain = "{\"a\":\"ü\"}".getBytes(UTF_8);

    assertThat(Body.of(gzip(plain), "gzip", Chunks.NONE, MAX).text()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(Body.of(gzip(plain), null, Chunks.NONE, MAX).text()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(Body.of(plain, "gzip", Chunks.NONE, MAX).text()).isEqualTo("{\"a\":\"ü\"}");
    assertThat(Body.of(plain, "br", Chunks.NONE, MAX).opaque).isNull();
    assertThat(Body.of(gzip(gzip(plain)), "gzip, gzip", Chunks.NONE, MAX).text())
        .isEqualTo("{\"a\":\"ü\"}");
    for (boolean raw : new boolean[] {true, false}) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (DeflaterOutputStream deflate = new DeflaterOutputStream(out, new Deflater(5, raw))) {
        deflate.write(plain);
      }
      assertThat(Body.of(out.toByteArray(), "deflate", Chunks.NONE, MAX).text())
          .isEqualTo("{\"a\":\"ü\"}");
    }
  }

  @Test
  void body_ofACutEncodingKeepsWhatCame() throws IOException {
    byte[] wire = gzip("x".repeat(100).getBytes(UTF_8));

    Body body = Body.of(Arrays.copyOf(wire, wire.length - 9), "gzip", Chunks.NONE, MAX);

    assertThat(body.cut).isTrue();
    assertThat("x".repeat(100)).startsWith(body.text());
  }

  @Test
  void chunks_findTheChunkOfAByte() {
    Chunks chunks = Chunks.of(new int[] {0, 5, 5, 9}, new long[] {1, 2, 3, 4});

    assertThat(chunks.indexOf(0)).isZero();
    assertThat(chunks.indexOf(4)).isZero();
    assertThat(chunks.indexOf(5)).isEqualTo(2);
    assertThat(chunks.indexOf(8)).isEqualTo(2);
    assertThat(chunks.indexOf(100)).isEqualTo(3);
    assertThat(Chunks.NONE.indexOf(3)).isEqualTo(-1);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(plain);
    }
    return out.toByteArray();
  }
}
