package io.sidetrace.llm.wire;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** A compressed body read as far as it can be, noting what each of its chunks brought. */
final class Inflation {
  final byte[] bytes;
  final boolean cut;
  final int[] decodedEnds;

  private Inflation(byte[] bytes, boolean cut, int[] decodedEnds) {
    this.bytes = bytes;
    this.cut = cut;
    this.decodedEnds = decodedEnds;
  }

  static boolean isGzip(byte[] bytes) {
    return bytes.length >= 3 && bytes[0] == 0x1f && bytes[1] == (byte) 0x8b && bytes[2] == 8;
  }

  /** RFC 1950: compression method 8, and a check that makes the header divisible by 31. */
  private static boolean isZlib(byte[] bytes) {
    return bytes.length >= 2
        && (bytes[0] & 0x0f) == 8
        && ((bytes[0] & 0xff) << 8 | (bytes[1] & 0xff)) % 31 == 0;
  }

  /**
   * Reads gzip, zlib and raw deflate, as the bytes themselves say.
   *
   * @param chunkEnds where each chunk ends in {@code wire}
   * @return null when the bytes are not compressed at all
   */
  static @Nullable Inflation of(byte[] wire, int[] chunkEnds, int maxBytes) {
    if (isGzip(wire)) {
      return inflate(wire, chunkEnds, maxBytes, null);
    }
    Inflater inflater = new Inflater(!isZlib(wire));
    try {
      Inflation inflation = inflate(wire, chunkEnds, maxBytes, inflater);
      return inflation.bytes.length == 0 && inflation.cut ? null : inflation;
    } finally {
      inflater.end();
    }
  }

  private static Inflation inflate(
      byte[] wire, int[] chunkEnds, int maxBytes, @Nullable Inflater inflater) {
    Feed feed = new Feed(wire, chunkEnds);
    byte[] out = new byte[(int) Math.min(maxBytes, Math.max(512L, wire.length * 4L))];
    int size = 0;
    boolean cut = false;
    try (InputStream in =
        inflater == null ? new GZIPInputStream(feed) : new InflaterInputStream(feed, inflater)) {
      while (true) {
        if (size == out.length) {
          if (size >= maxBytes) {
            cut = in.read() >= 0;
            break;
          }
          out = Arrays.copyOf(out, (int) Math.min(maxBytes, size * 2L));
        }
        int read = in.read(out, size, out.length - size);
        if (read < 0) {
          break;
        }
        size += read;
        feed.decoded = size;
      }
    } catch (EOFException brokenOff) {
      cut = true;
    } catch (IOException corrupt) {
      // What came before the corruption is still right: deflate is read in order.
      cut = true;
    }
    return new Inflation(Arrays.copyOf(out, size), cut, feed.ends(size));
  }

  /**
   * Hands out the wire bytes chunk by chunk. An inflater asks for more only when all it was given
   * is used up and its output taken, so what is decoded at that moment came from the chunks before.
   */
  private static final class Feed extends InputStream {
    private final byte[] wire;
    private final int[] chunkEnds;
    private final int[] decodedEnds;
    private int position;
    private int chunk;

    /** Bytes decoded so far; kept by the reader. */
    int decoded;

    Feed(byte[] wire, int[] chunkEnds) {
      this.wire = wire;
      this.chunkEnds = chunkEnds;
      this.decodedEnds = new int[chunkEnds.length];
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) {
      while (chunk < chunkEnds.length && position >= chunkEnds[chunk]) {
        decodedEnds[chunk++] = decoded;
      }
      int until = chunk < chunkEnds.length ? chunkEnds[chunk] : wire.length;
      int count = Math.min(length, until - position);
      if (count <= 0) {
        return -1;
      }
      System.arraycopy(wire, position, to, offset, count);
      position += count;
      return count;
    }

    @Override
    public int available() {
      return wire.length - position;
    }

    int[] ends(int total) {
      while (chunk < decodedEnds.length) {
        decodedEnds[chunk++] = total;
      }
      return decodedEnds;
    }
  }
}
