package io.sidetrace.agent.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.netty.buffer.ByteBuf;
import io.sidetrace.event.EventStream;
import io.sidetrace.event.Slice;

/**
 * {@code XADD <stream> * f <frames>}, written to the socket's buffer without a copy between. An
 * argument of Lettuce's would have to be an array of just this length, new for each bundle.
 */
final class AddCommand extends Command<byte[], byte[], String> {
  private static final byte[] BEFORE_STREAM = "*5\r\n$4\r\nXADD\r\n".getBytes(US_ASCII);
  private static final byte[] BEFORE_FRAMES =
      ("$1\r\n*\r\n$" + EventStream.FRAMES.length() + "\r\n" + EventStream.FRAMES + "\r\n")
          .getBytes(US_ASCII);
  private static final byte[] LINE_END = {'\r', '\n'};

  private final byte[] stream;
  private final Slice frames;

  AddCommand(byte[] stream, Slice frames) {
    super(CommandType.XADD, new StatusOutput<>(ByteArrayCodec.INSTANCE));
    this.stream = stream;
    this.frames = frames;
  }

  @Override
  public void encode(ByteBuf buffer) {
    buffer.ensureWritable(frames.length() + 256);
    buffer.writeBytes(BEFORE_STREAM);
    text(stream, 0, stream.length, buffer);
    buffer.writeBytes(BEFORE_FRAMES);
    text(frames.array(), frames.offset(), frames.length(), buffer);
  }

  private static void text(byte[] bytes, int offset, int length, ByteBuf buffer) {
    buffer.writeByte('$');
    buffer.writeCharSequence(Integer.toString(length), US_ASCII);
    buffer.writeBytes(LINE_END);
    buffer.writeBytes(bytes, offset, length);
    buffer.writeBytes(LINE_END);
  }
}
