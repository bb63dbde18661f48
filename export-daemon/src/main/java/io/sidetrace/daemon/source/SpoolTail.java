package io.sidetrace.daemon.source;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Follows all segments under a spool root, beside the daemon and without taking anything. What was
 * there before is passed over. One thread.
 */
public final class SpoolTail implements Closeable {
  private final Path root;

  /** By path without ending: a segment keeps its number when it is closed. */
  private final Map<String, SegmentTail> segments = new HashMap<>();

  private boolean before = true;

  public SpoolTail(Path root) {
    this.root = root;
  }

  /**
   * Hands on what came since the last call, a window of each segment.
   *
   * @return false if nothing came
   * @throws IOException if the root cannot be listed
   */
  public boolean read(Intake to) throws IOException {
    Set<String> there = new HashSet<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.filter(SpoolSource::isHandedOver).toList()) {
        open(folder, there);
      }
    } catch (NoSuchFileException e) {
      // No agent has run yet.
    }
    before = false;
    boolean read = false;
    for (SegmentTail segment : segments.values()) {
      read |= segment.read(to);
    }
    for (String gone : Set.copyOf(segments.keySet())) {
      SegmentTail segment = segments.get(gone);
      if (segment != null && !there.contains(gone) && !segment.read(to)) {
        segments.remove(gone);
        segment.close();
      }
    }
    return read;
  }

  private void open(Path folder, Set<String> there) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(SegmentTail::isSegment).toList()) {
        String name = file.toString();
        String key = name.substring(0, name.lastIndexOf('.'));
        there.add(key);
        if (!segments.containsKey(key)) {
          segments.put(key, new SegmentTail(file, before));
        }
      }
    } catch (NoSuchFileException e) {
      // The daemon was faster, or the segment was closed while we looked: the next look finds it.
    }
  }

  @Override
  public void close() throws IOException {
    for (SegmentTail segment : segments.values()) {
      segment.close();
    }
  }
}
