package io.sidetrace.agent.transport;

import static io.sidetrace.agent.pipeline.Eventually.assertThatEventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.agent.pipeline.Frames;
import io.sidetrace.agent.pipeline.Pipeline;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A process that ends while Redis is away, and what becomes of its events. */
class RedisProcessEndTest extends RedisTransportFixture {

  @Test
  void theProcessEndsWithinASecondWhileRedisHangs() throws Exception {
    redis.start();
    Pipeline pipeline = start();
    offer(pipeline, 0, 10);
    assertThatEventually(() -> assertThat(ids()).hasSize(10));
    redis.freeze();
    offer(pipeline, 10, 500);

    long start = System.nanoTime();
    pipeline.close();

    assertThat(System.nanoTime() - start).isLessThan(1_000_000_000L);
    assertThat(waiting()).hasSize(490);
    assertThat(pipeline.counts().sent()).isEqualTo(500);
    assertThat(lines.toString()).doesNotContain("not handed over");
  }

  @Test
  void aRealProcessEndsWithinASecondWhileRedisHangs() throws Exception {
    redis.start();
    ProducerProcess producer = ProducerProcess.startWarm(root, 300, redis.url());
    producer.await("counts");
    assertThatEventually(() -> assertThat(ids()).hasSize(500));
    redis.freeze();
    producer.goOn();
    producer.await("all offered");

    long start = System.nanoTime();
    String output = producer.rest();

    // A second for us; the rest is the JVM's own end on a busy machine.
    assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    assertThat(waiting()).as(output).hasSize(300);
    assertThat(output).doesNotContain("not handed over");
  }

  @Test
  void whatAKilledProcessLeftIsSentByItsSuccessor() throws Exception {
    ProducerProcess killed = ProducerProcess.start("", root, 2_000, false, redis.url());
    killed.await("all offered");
    assertThatEventually(() -> assertThat(waiting()).hasSize(2_000));
    killed.kill();
    Path left = root.resolve(Frames.ORIGIN.instance());
    Files.move(left, root.resolve("shop-99-1600000000000"));
    Files.createDirectory(root.resolve("shopping-99-1600000000000"));

    redis.start();
    try (Pipeline pipeline = start()) {
      pipeline.queue().offer(Frames.finished(5_000, 10));

      assertThatEventually(() -> assertThat(ids()).hasSize(2_001));
      assertThatEventually(() -> assertThat(root.resolve("shop-99-1600000000000")).doesNotExist());
      assertThat(pipeline.counts().captured()).isEqualTo(1);
    }
    assertThat(root.resolve("shopping-99-1600000000000")).exists();
  }

  @Test
  void aLivingProcessKeepsWhatIsIts() throws Exception {
    ProducerProcess living = ProducerProcess.start("", root, 500, false, redis.url());
    living.await("all offered");
    assertThatEventually(() -> assertThat(waiting()).hasSize(500));

    assertThat(new Predecessors(root.toFile(), "shop-99-1600000000000").takeOver()).isEmpty();

    assertThat(waiting()).hasSize(500);
    living.kill();
    assertThat(new Predecessors(root.toFile(), "shop-99-1600000000000").takeOver())
        .hasSize(1)
        .allSatisfy(Predecessors.Inherited::close);
  }
}
