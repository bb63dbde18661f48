package io.sidetrace.daemon.export.langfuse;

import io.sidetrace.daemon.export.Outcome;
import io.sidetrace.daemon.shape.MediaPart;
import io.sidetrace.daemon.shape.Observation;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that media is stored before the observations that refer to it are sent: the bytes once
 * per hash, a tie once per trace. What cannot be stored becomes a placeholder; that is remembered,
 * so that a batch that is sent again is the same. Thread-safe.
 */
final class MediaUploads {
  private static final Logger log = LoggerFactory.getLogger(MediaUploads.class);

  /** Hashes remembered; forgetting one costs a question to Langfuse, which knows it too. */
  private static final int REMEMBERED = 10_000;

  private static final int ATTEMPTS = 3;

  /** While the store is broken and Langfuse is not, nothing is tried for so long. */
  private static final Duration BROKEN = Duration.ofMinutes(1);

  private final Supplier<MediaStore> opening;
  private final Object[] locks = new Object[16];

  /** With the milliseconds that it took. */
  private final Map<String, Integer> stored = bounded();

  private final Map<String, Boolean> tied = bounded();
  private final Map<String, String> failed = bounded();
  private final Map<String, Integer> attempts = bounded();
  private @Nullable MediaStore store;
  private volatile long brokenUntilNanos = System.nanoTime();

  MediaUploads(Supplier<MediaStore> opening) {
    this.opening = opening;
    for (int i = 0; i < locks.length; i++) {
      locks[i] = new Object();
    }
  }

  private static <T> Map<String, T> bounded() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > REMEMBERED;
          }
        });
  }

  /**
   * Stores what is to be stored.
   *
   * @return null if all is settled, one way or the other; else why not
   */
  @Nullable Outcome settle(Observation observation) throws InterruptedException {
    for (MediaPart part : observation.content().media()) {
      if (!observation.tells(part.reference())) {
        continue; // another rule took it out
      }
      Outcome hindrance = settle(part, observation.identity());
      if (hindrance != null) {
        return hindrance;
      }
    }
    return null;
  }

  /** The observation as it can be sent. */
  Observation settled(Observation observation) {
    Observation settled = observation;
    for (MediaPart part : observation.content().media()) {
      String why = failed.get(part.sha256());
      if (why != null) {
        settled = settled.replacing(part.reference(), part.placeholder(why));
      }
    }
    return settled;
  }

  private @Nullable Outcome settle(MediaPart part, Observation.Identity of)
      throws InterruptedException {
    String hash = part.sha256();
    synchronized (locks[Math.floorMod(hash.hashCode(), locks.length)]) {
      if (failed.containsKey(hash) || tied.containsKey(hash + of.traceId())) {
        return null;
      }
      if (System.nanoTime() - brokenUntilNanos < 0 && !stored.containsKey(hash)) {
        failed.put(hash, "not stored");
        return null;
      }
      try {
        store(part, of);
        return null;
      } catch (MediaStore.Failure e) {
        return hindrance(hash, e);
      }
    }
  }

  private void store(MediaPart part, Observation.Identity of)
      throws MediaStore.Failure, InterruptedException {
    MediaStore to = store();
    URI address = to.announce(part, of);
    if (address != null) {
      Integer millis = stored.get(part.sha256());
      if (millis == null) {
        millis = to.upload(part, address);
        stored.put(part.sha256(), millis);
      }
      to.tell(part, millis);
    }
    tied.put(part.sha256() + of.traceId(), true);
  }

  private @Nullable Outcome hindrance(String hash, MediaStore.Failure e) {
    String reason = String.valueOf(e.getMessage());
    if (e.isOfKeys()) {
      return new Outcome.Misconfigured(reason + "; check the keys");
    }
    // While Langfuse is away the spans could not be sent either: it is waited for.
    if (!e.isLasting() && !store().isHealthy()) {
      return new Outcome.Retry(null, reason);
    }
    if (!e.isLasting() && attempts.merge(hash, 1, Integer::sum) < ATTEMPTS) {
      return new Outcome.Retry(null, reason);
    }
    if (!e.isLasting()) {
      brokenUntilNanos = System.nanoTime() + BROKEN.toNanos();
    }
    log.warn("media is not stored, a placeholder is sent: {}", reason);
    failed.put(hash, "not stored");
    return null;
  }

  private synchronized MediaStore store() {
    MediaStore open = store;
    if (open == null) {
      open = opening.get();
      store = open;
    }
    return open;
  }
}
