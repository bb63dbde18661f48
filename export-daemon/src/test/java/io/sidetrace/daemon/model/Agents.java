package io.sidetrace.daemon.model;

import io.sidetrace.daemon.FakeAgent;
import io.sidetrace.event.Event;
import io.sidetrace.event.Frame;
import io.sidetrace.event.Slice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What produces events: agents with a spool, and whoever adds to Redis. */
final class Agents {
  private static final int MOST = 20;
  private static final int CHECKSUM_AT = 8;

  private final Path spool;
  private final Random random;
  private final Truth truth;
  private FakeAgent agent;
  private int agents;

  /** Events that go one way together, not known to the truth yet. */
  private record Load(List<Truth.Kind> kinds, List<Long> numbers, List<Frame> frames) {}

  Agents(Path spool, Random random, Truth truth) throws IOException {
    this.spool = spool;
    this.random = random;
    this.truth = truth;
    this.agent = begin();
  }

  private FakeAgent begin() throws IOException {
    return new FakeAgent(spool, "demo-" + agents++);
  }

  void spool() throws IOException {
    Load load = load();
    agent.close(load.frames().toArray(Frame[]::new));
    tell(load, true);
  }

  /** The first frame of a segment has a wrong checksum. */
  void spoolCorrupt() throws IOException {
    long junk = truth.next();
    Load load = load();
    List<Frame> frames = new ArrayList<>(load.frames());
    frames.add(0, frame(Truth.Kind.JUNK, junk));
    byte[] segment = FakeAgent.segmentOf(frames);
    segment[CHECKSUM_AT] ^= 1;
    agent.close(segment);
    truth.produced(Truth.Kind.JUNK, junk, true);
    tell(load, true);
  }

  /** It dies while it writes a frame; those before are whole. */
  void dieAndBeBornAgain() throws IOException {
    Load load = load();
    List<Frame> frames = new ArrayList<>(load.frames());
    frames.add(frame(Truth.Kind.JUNK, truth.next()));
    byte[] segment = FakeAgent.segmentOf(frames);
    agent.open(Arrays.copyOf(segment, segment.length - 1 - random.nextInt(100)));
    tell(load, true);
    agent.close();
    agent = begin();
  }

  void end() throws IOException {
    agent.close();
  }

  void addFrames(MortalRedis redis) {
    Load load = load();
    byte[] segment = FakeAgent.segmentOf(load.frames());
    tell(load, redis.add(Map.of("f", Arrays.copyOfRange(segment, 4, segment.length))));
  }

  void addEvent(MortalRedis redis) {
    long number = truth.next();
    String event =
        "{\"v\":1,\"kind\":\"span\",\"traceId\":\"%032x\",\"spanId\":\"%016x\",\"name\":\"%s\",\"service\":\"py\",\"startMicros\":%d,\"durationNanos\":5}"
            .formatted(
                number + 1,
                number + 1,
                Truth.name(Truth.Kind.SPAN, number),
                1_700_000_000_000_000L + number);
    boolean sure = redis.add(Map.of("e", Slice.ofUtf8(event).toBytes()));
    truth.produced(Truth.Kind.SPAN, number, sure);
  }

  void addJunk(MortalRedis redis) {
    long number = truth.next();
    String junk = Truth.name(Truth.Kind.JUNK, number);
    String field = random.nextBoolean() ? "f" : "x";
    boolean sure = redis.add(Map.of(field, Slice.ofUtf8(junk).toBytes()));
    truth.produced(Truth.Kind.JUNK, number, sure);
  }

  /** True if no segment and no note is left. */
  boolean isSpoolEmpty() {
    try (Stream<Path> files = Files.walk(spool)) {
      return files.noneMatch(f -> f.toString().endsWith(".sdt") || f.toString().endsWith(".open"));
    } catch (IOException | UncheckedIOException e) {
      return false; // a folder went while we looked
    }
  }

  private Load load() {
    Load load = new Load(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    int size = 1 + random.nextInt(MOST);
    for (int i = 0; i < size; i++) {
      int dice = random.nextInt(40);
      Truth.Kind kind = dice == 0 ? Truth.Kind.BAD : dice < 8 ? Truth.Kind.NOISE : Truth.Kind.SPAN;
      long number = truth.next();
      load.kinds().add(kind);
      load.numbers().add(number);
      load.frames().add(frame(kind, number));
    }
    return load;
  }

  private void tell(Load load, boolean sure) {
    for (int i = 0; i < load.kinds().size(); i++) {
      truth.produced(load.kinds().get(i), load.numbers().get(i), sure);
    }
  }

  private static Frame frame(Truth.Kind kind, long number) {
    Event event = FakeAgent.event(Event.Kind.SPAN, number).name(Truth.name(kind, number)).build();
    return new Frame(event, Slice.EMPTY, Slice.EMPTY);
  }
}
