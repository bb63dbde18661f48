package io.sidetrace.agent.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sidetrace.event.EventStream;
import io.sidetrace.event.Slice;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;

/**
 * A command as it goes over the wire, and its answer to come. The frames of an {@code XADD} are
 * written from where they lie; a client's own argument would be an array of just their length, new
 * for each bundle.
 *
 * @param head all but the frames
 * @param frames the last argument, empty if the head is all
 * @param answer what Redis said: bytes or a Long; fails with Redis's error or the connection's end
 */
record RedisCommand(byte[] head, Slice frames, CompletableFuture<Object> answer) {
  private static final byte[] LINE_END = {'\r', '\n'};
  private static final Slice NOTHING = Slice.of(new byte[0]);

  /** {@code XADD <stream> * f <frames>}. */
  static RedisCommand add(byte[] stream, Slice frames) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ascii(head, "*5\r\n$4\r\nXADD\r\n");
    argument(head, stream);
    ascii(head, "$1\r\n*\r\n");
    argument(head, EventStream.FRAMES.getBytes(US_ASCII));
    ascii(head, "$" + frames.length() + "\r\n");
    return new RedisCommand(head.toByteArray(), frames, new CompletableFuture<>());
  }

  /** {@code XLEN <stream>}. */
  static RedisCommand length(byte[] stream) {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ascii(head, "*2\r\n$4\r\nXLEN\r\n");
    argument(head, stream);
    return new RedisCommand(head.toByteArray(), NOTHING, new CompletableFuture<>());
  }

  /** {@code PING}. */
  static RedisCommand ping() {
    return new RedisCommand(
        "*1\r\n$4\r\nPING\r\n".getBytes(US_ASCII), NOTHING, new CompletableFuture<>());
  }

  void write(OutputStream out) throws IOException {
    out.write(head);
    if (frames.length() > 0) {
      out.write(frames.array(), frames.offset(), frames.length());
      out.write(LINE_END);
    }
  }

  private static void argument(ByteArrayOutputStream out, byte[] argument) {
    ascii(out, "$" + argument.length + "\r\n");
    out.writeBytes(argument);
    out.writeBytes(LINE_END);
  }

  private static void ascii(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(US_ASCII));
  }
}
