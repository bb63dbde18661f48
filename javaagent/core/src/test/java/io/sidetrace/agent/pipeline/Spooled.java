package io.sidetrace.agent.pipeline;

import io.sidetrace.event.Event;
import io.sidetrace.event.EventFormatException;
import io.sidetrace.event.EventReader;
import io.sidetrace.event.FrameReader;
import io.sidetrace.event.Spool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Reads a spool as a daemon would: what is in it, whoever wrote it. */
public final class Spooled {

  private Spooled() {}

  /** Segments of these endings below the root, in their order. */
  public static List<Path> segments(Path root, String... endings) {
    List<Path> found = new ArrayList<>();
    for (File process : list(root.toFile())) {
      for (File file : list(process)) {
        if (Stream.of(endings).anyMatch(file.getName()::endsWith)) {
          found.add(file.toPath());
        }
      }
    }
    Collections.sort(found);
    return found;
  }

  /** Files may come and go meanwhile. */
  private static File[] list(File directory) {
    File[] files = directory.listFiles();
    return files == null ? new File[0] : files;
  }

  /** All events that were handed over. */
  public static List<Event> closed(Path root) {
    return events(segments(root, Spool.CLOSED));
  }

  /** The events of these segments; a cut last frame is passed over, a corrupt one fails. */
  public static List<Event> events(List<Path> segments) {
    List<Event> events = new ArrayList<>();
    for (Path segment : segments) {
      try {
        FrameReader reader = FrameReader.ofSegment(Files.readAllBytes(segment));
        for (FrameReader.Item item = reader.next(); item != null; item = reader.next()) {
          events.add(new EventReader().read(((FrameReader.Whole) item).event()));
        }
      } catch (IOException e) {
        throw new AssertionError(segment + " can't be read", e);
      } catch (EventFormatException e) {
        throw new AssertionError(segment + " holds an event that can't be read", e);
      }
    }
    return events;
  }
}
