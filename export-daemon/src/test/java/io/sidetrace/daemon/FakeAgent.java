package io.sidetrace.daemon;

import io.sidetrace.event.Event;
import io.sidetrace.event.EventBuilder;
import io.sidetrace.event.Frame;
import io.sidetrace.event.FrameEncoder;
import io.sidetrace.event.Slice;
import io.sidetrace.event.Spool;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Spools as an agent does: a folder with a lock it holds, and segments it hands over by rename. */
public final class FakeAgent implements AutoCloseable {
  private final Path folder;
  private final FileChannel lock;
  private int segment;

  public FakeAgent(Path root, String name) throws IOException {
    folder = Files.createDirectories(root.resolve(name));
    lock =
        FileChannel.open(
            folder.resolve(Spool.LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    lock.lock();
  }

  public Path folder() {
    return folder;
  }

  /** Writes a segment and hands it over. */
  public Path close(Frame... frames) throws IOException {
    return close(segmentOf(List.of(frames)));
  }

  public Path close(byte[] segmentBytes) throws IOException {
    Path open = open(segmentBytes);
    Path closed =
        open.resolveSibling(open.getFileName().toString().replace(Spool.OPEN, Spool.CLOSED));
    return Files.move(open, closed);
  }

  /** Writes a segment and leaves it as it is while being written. */
  public Path open(byte[] segmentBytes) throws IOException {
    return Files.write(
        folder.resolve(String.format("%010d%s", segment++, Spool.OPEN)), segmentBytes);
  }

  public static byte[] segmentOf(List<Frame> frames) {
    FrameEncoder encoder = new FrameEncoder();
    for (Frame frame : frames) {
      encoder.append(frame, frame.event().sequence());
    }
    Slice bytes = encoder.bytes();
    return ByteBuffer.allocate(4 + bytes.length())
        .putInt(Spool.MAGIC)
        .put(bytes.array(), bytes.offset(), bytes.length())
        .array();
  }

  public static EventBuilder event(Event.Kind kind, long number) {
    Event.Origin origin = new Event.Origin("demo-chat", "demo-1", null, null);
    return Event.builder(kind, origin)
        .ids(String.format("%032x", number + 1), String.format("%016x", number + 1), null)
        .name("span " + number)
        .times(1_700_000_000_000_000L + number, 1_000_000)
        .sequence(number);
  }

  public static Frame frame(long number) {
    return new Frame(event(Event.Kind.SPAN, number).build(), Slice.EMPTY, Slice.EMPTY);
  }

  /** The process ends: its lock is free. */
  @Override
  public void close() throws IOException {
    lock.close();
  }
}
