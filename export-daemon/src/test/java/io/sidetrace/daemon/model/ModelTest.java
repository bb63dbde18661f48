package io.sidetrace.daemon.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever happens, and in whatever order: each event that reached the spool or Redis is exported,
 * filtered or among the dead letters in the end, each repeat is the same again, and the books
 * balance all the time. A seed decides what happens; how it interleaves is up to the machine.
 *
 * <p>{@code -Dmodel.seed=7} takes that one, {@code -Dmodel.seeds=1000} so many from 1 on, {@code
 * -Dmodel.steps} how many steps of each.
 */
class ModelTest {
  private static final int STEPS = Integer.getInteger("model.steps", 1000);
  private static final int LATEST = 40;
  private static final int LONGEST_PAUSE_MILLIS = 16;

  @ParameterizedTest
  @MethodSource("seeds")
  void everyEventIsSomewhere_andTheBooksBalance(long seed) throws Exception {
    Path folder = Path.of("target", "model", "seed-" + seed).toAbsolutePath();
    delete(folder);
    Deque<String> latest = new ArrayDeque<>();
    Random seeds = new Random(seed);
    try (World world = new World(folder)) {
      world.begin();
      for (int number = 0; number < STEPS; number++) {
        // Each step has dice of its own, so that it is the same whatever became of those before.
        world.random.setSeed(seeds.nextLong());
        Step step = Step.any(world.random);
        latest.add(number + " " + step);
        if (latest.size() > LATEST) {
          latest.remove();
        }
        step.take(world);
        TimeUnit.MILLISECONDS.sleep(world.random.nextInt(LONGEST_PAUSE_MILLIS));
      }
      latest.add("the end");
      world.endWell();
    } catch (Exception | AssertionError e) {
      throw new AssertionError(
          "seed " + seed + ", files in " + folder + ", last steps " + latest + "\n" + e, e);
    }
    delete(folder);
  }

  static LongStream seeds() {
    Long one = Long.getLong("model.seed");
    return one == null
        ? LongStream.rangeClosed(1, Integer.getInteger("model.seeds", 2))
        : LongStream.of(one);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
