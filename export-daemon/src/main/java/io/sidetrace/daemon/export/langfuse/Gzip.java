package io.sidetrace.daemon.export.langfuse;

import io.sidetrace.event.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Packs requests. */
final class Gzip {
  /** What zlib is asked for at once: each call crosses from Java to native code and back. */
  private static final int BUFFER = 64 << 10;

  private Gzip() {}

  /**
   * @param level 0 (stored as it is) to 9 (smallest), as zlib has them
   */
  static Slice pack(byte[] plain, int level) {
    int guess = level == 0 ? plain.length + plain.length / 1000 + 64 : plain.length / 4 + 256;
    Bytes bytes = new Bytes(guess);
    try (OutputStream gzip = new Leveled(bytes, level)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("an array took no more bytes", e);
    }
    return bytes.written();
  }

  private static final class Leveled extends GZIPOutputStream {
    private Leveled(OutputStream out, int level) throws IOException {
      super(out, BUFFER);
      def.setLevel(level);
    }
  }

  /** Gives its array away instead of a copy. */
  private static final class Bytes extends ByteArrayOutputStream {
    private Bytes(int size) {
      super(size);
    }

    Slice written() {
      return new Slice(buf, 0, count);
    }
  }
}
