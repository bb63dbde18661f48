package io.sidetrace.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** However the bytes of a stream came, it means the same; only the first token's time follows. */
class ChunkingTest {
  private static final int CHUNKINGS = 200;

  @Test
  void decode_givesTheSameGenerationForAnyChunking() {
    int streams = 0;
    for (Path folder : Folders.all()) {
      Exchange exchange = Folders.read(folder);
      Generation whole = Protocols.decode(exchange);
      if (!whole.streaming()) {
        continue;
      }
      streams++;
      byte[] body = exchange.response();
      Random random = new Random(folder.getFileName().hashCode());
      Long lastByte = firstTokenByte(exchange);
      for (int i = 0; i < CHUNKINGS; i++) {
        int[] offsets = cuts(random, body.length);
        long[] micros = LongStream.rangeClosed(1, offsets.length).map(n -> n * 1000).toArray();

        Exchange chunked =
            Folders.like(exchange, exchange.request(), body)
                .chunks(Chunks.of(offsets, micros))
                .build();
        Generation decoded = Protocols.decode(chunked);

        assertThat(withoutTime(decoded)).as(Folders.name(folder)).isEqualTo(withoutTime(whole));
        assertThat(decoded.firstTokenMicros())
            .as(Folders.name(folder))
            .isEqualTo(lastByte == null ? null : timeOf(offsets, micros, lastByte));
      }
    }
    assertThat(streams).isGreaterThanOrEqualTo(10);
  }

  @Test
  void decode_findsTheFirstTokenInCompressedStreams() throws IOException {
    for (Path folder : Folders.own()) {
      Exchange exchange = Folders.read(folder);
      Generation whole = Protocols.decode(exchange);
      Long lastByte = firstTokenByte(exchange);
      if (!whole.streaming() || exchange.responseEncoding() != null || lastByte == null) {
        continue;
      }
      for (String encoding : new String[] {"gzip", "deflate"}) {
        byte[] body = exchange.response();
        int half = (int) (lastByte + 1);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        try (DeflaterOutputStream out =
            encoding.equals("gzip")
                ? new GZIPOutputStream(wire, 512, true)
                : new DeflaterOutputStream(wire, true)) {
          out.write(body, 0, half);
          out.flush();
          int flushed = wire.size();
          out.write(body, half, body.length - half);
          out.finish();
          Chunks chunks =
              Chunks.of(new int[] {0, flushed - 1, flushed}, new long[] {100, 200, 300});

          Exchange compressed =
              Folders.like(exchange, exchange.request(), body)
                  .response(wire.toByteArray(), exchange.responseType(), encoding)
                  .chunks(chunks)
                  .build();
          Generation decoded = Protocols.decode(compressed);

          assertThat(withoutTime(decoded)).as(Folders.name(folder)).isEqualTo(withoutTime(whole));
          assertThat(decoded.firstTokenMicros()).as(Folders.name(folder)).isBetween(100L, 200L);
        }
      }
    }
  }

  /** Where the first content ends: with one chunk a byte, its time is its place. */
  private static Long firstTokenByte(Exchange exchange) {
    byte[] body = exchange.response();
    int[] offsets = new int[body.length];
    Arrays.setAll(offsets, i -> i);
    long[] micros = new long[body.length];
    Arrays.setAll(micros, i -> i);
    Exchange bytewise =
        Folders.like(exchange, exchange.request(), body).chunks(Chunks.of(offsets, micros)).build();
    return Protocols.decode(bytewise).firstTokenMicros();
  }

  private static int[] cuts(Random random, int length) {
    int count = 1 + random.nextInt(40);
    int[] offsets = random.ints(count, 0, Math.max(1, length)).sorted().toArray();
    offsets[0] = 0;
    return offsets;
  }

  private static long timeOf(int[] offsets, long[] micros, long place) {
    long time = micros[0];
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] <= place) {
        time = micros[i];
      }
    }
    return time;
  }

  private static Generation withoutTime(Generation g) {
    return new Generation(
        g.protocol(),
        g.type(),
        g.operation(),
        g.requestModel(),
        g.model(),
        g.streaming(),
        g.complete(),
        g.input(),
        g.output(),
        g.choices(),
        g.toolCalls(),
        g.finishReasons(),
        g.usage(),
        g.providerUsage(),
        g.cost(),
        g.modelParameters(),
        g.error(),
        g.media(),
        null,
        g.responseId(),
        g.metadata());
  }
}
