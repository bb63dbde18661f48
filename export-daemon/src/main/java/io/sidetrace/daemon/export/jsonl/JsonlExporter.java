package io.sidetrace.daemon.export.jsonl;

import io.sidetrace.daemon.export.Exporter;
import io.sidetrace.daemon.export.Outcome;
import io.sidetrace.daemon.shape.Observation;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Appends observations to a file or standard output, a line each. A batch counts as exported when
 * the file holds it, on disk; a repeat after a crash may write a line twice, with the same ids.
 */
public final class JsonlExporter implements Exporter<byte[]> {
  private final ObservationJson json = new ObservationJson();
  private final String path;
  private @Nullable FileOutputStream out;

  private JsonlExporter(String path) {
    this.path = path;
  }

  /**
   * @param path of a file; {@code -} is standard output
   */
  public static JsonlExporter to(String path) {
    return new JsonlExporter(path);
  }

  @Override
  public String name() {
    return "jsonl";
  }

  @Override
  public int parallel() {
    return 1;
  }

  /** A line. */
  @Override
  public byte[] prepare(Observation observation) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(observation.estimatedBytes());
    try {
      json.write(observation, line);
    } catch (IOException e) {
      throw new UncheckedIOException("an array took no more bytes", e);
    }
    return line.toByteArray();
  }

  @Override
  public int bytes(byte[] prepared) {
    return prepared.length;
  }

  @Override
  public Outcome export(List<byte[]> batch) {
    byte[] lines = joined(batch);
    try {
      if (isStandardOutput()) {
        open().write(lines);
      } else {
        append(lines);
      }
      return new Outcome.Accepted();
    } catch (IOException e) {
      close();
      return new Outcome.Retry(null, "cannot write to " + path + ": " + e.getMessage());
    }
  }

  /** All or nothing: half a line of a full disk would spoil the one written after it. */
  private void append(byte[] lines) throws IOException {
    FileOutputStream to = open();
    long before = to.getChannel().size();
    boolean whole = false;
    try {
      to.write(lines);
      to.getFD().sync();
      whole = true;
    } finally {
      if (!whole) {
        to.getChannel().truncate(before);
      }
    }
  }

  private static byte[] joined(List<byte[]> lines) {
    ByteBuffer joined = ByteBuffer.allocate(lines.stream().mapToInt(line -> line.length).sum());
    lines.forEach(joined::put);
    return joined.array();
  }

  private FileOutputStream open() throws IOException {
    FileOutputStream open = out;
    if (open == null) {
      open =
          isStandardOutput()
              ? new FileOutputStream(FileDescriptor.out)
              : new FileOutputStream(path, true);
      out = open;
    }
    return open;
  }

  private boolean isStandardOutput() {
    return path.equals("-");
  }

  @Override
  public void close() {
    FileOutputStream open = out;
    out = null;
    if (open != null && !isStandardOutput()) {
      try {
        open.close();
      } catch (IOException e) {
        throw new UncheckedIOException("cannot close " + path, e);
      }
    }
  }
}
