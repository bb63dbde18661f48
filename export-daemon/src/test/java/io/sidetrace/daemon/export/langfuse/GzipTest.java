package io.sidetrace.daemon.export.langfuse;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.event.Slice;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GzipTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "0, 1", "0, 65536", "0, 3000001", "1, 0", "1, 3000001", "9, 70000"})
  void packed_isUnpackedToTheSame(int level, int size) throws IOException {
    byte[] plain = new byte[size];
    new Random(7).nextBytes(plain);

    Slice packed = Gzip.pack(plain, level);

    assertThat(unpack(packed)).isEqualTo(plain);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://localhost:3000", "http://127.0.0.1", "http://[::1]:3000"})
  void aServerOnThisMachine_isSentStoredBytes(URI server) {
    assertThat(access(server, -1).gzipLevel()).isZero();
    assertThat(access(server, 6).gzipLevel()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://cloud.langfuse.com", "http://langfuse:3000", "http://10.0.0.1"})
  void aServerElsewhere_isSentPackedBytes(URI server) {
    assertThat(access(server, -1).gzipLevel()).isEqualTo(1);
    assertThat(access(server, 0).gzipLevel()).isZero();
  }

  private static LangfuseExporter.Access access(URI server, int gzipLevel) {
    return new LangfuseExporter.Access(
        server, "pk", "sk", Duration.ofSeconds(60), gzipLevel, 1, "test");
  }

  private static byte[] unpack(Slice packed) throws IOException {
    try (GZIPInputStream in =
        new GZIPInputStream(
            new ByteArrayInputStream(packed.array(), packed.offset(), packed.length()))) {
      return in.readAllBytes();
    }
  }
}
