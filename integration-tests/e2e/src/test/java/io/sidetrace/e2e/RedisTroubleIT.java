package io.sidetrace.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.sidetrace.harness.Answer;
import io.sidetrace.harness.DemoApp;
import io.sidetrace.harness.Load;
import io.sidetrace.harness.RedisProcess;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Redis stopped, hung or full: requests do not feel it, and what it missed comes later. */
class RedisTroubleIT {
  /** Of the 99th percentile; machines that run a whole build are noisy. */
  private static final double FACTOR = 3;

  private static final long NOISE_MICROS = 50_000;

  enum Trouble {
    STOPPED {
      @Override
      void begin(RedisProcess redis) {
        redis.program().stop();
      }

      @Override
      void end(RedisProcess redis) {
        redis.restart();
      }
    },
    HUNG {
      @Override
      void begin(RedisProcess redis) {
        redis.program().suspend();
      }

      @Override
      void end(RedisProcess redis) {
        redis.program().resume();
      }
    },
    FULL {
      @Override
      void begin(RedisProcess redis) {
        redis.command("CONFIG", "SET", "maxmemory", "1");
      }

      @Override
      void end(RedisProcess redis) {
        redis.command("CONFIG", "SET", "maxmemory", "0");
      }
    };

    abstract void begin(RedisProcess redis);

    abstract void end(RedisProcess redis);
  }

  @ParameterizedTest
  @EnumSource
  void requests_stayAsFastAndEventsComeBackThroughTheSpool(Trouble trouble) throws Exception {
    try (Scene scene = Scene.named("redis-" + trouble)) {
      RedisProcess redis = scene.redis();
      scene.daemon(redis);
      DemoApp demo = scene.demo(Boot.THREE, scene.traced(redis));
      Limits.warm(demo);
      load(demo, "settle");

      Load before = load(demo, "before");
      trouble.begin(redis);
      Load during = load(demo, "during");
      trouble.end(redis);

      System.out.println(trouble + " before: " + Load.inWords(before.latency()));
      System.out.println(trouble + " during: " + Load.inWords(during.latency()));
      List<Answer> answers = new ArrayList<>(before.finish());
      answers.addAll(during.finish());
      assertThat(answers).allMatch(Answer::isOk);
      assertThat(p99(during.latency()))
          .isLessThan((long) (p99(before.latency()) * FACTOR) + NOISE_MICROS);
      Traces traces = scene.awaitTraces(answers);
      assertThat(traces.broken()).isEmpty();
      assertThat(scene.langfuse().problems()).isEmpty();
    }
  }

  private static Load load(DemoApp demo, String name) {
    Load load = Load.start(name, demo.url(), Limits.PER_SECOND, Limits.QUESTIONS);
    long enough = Limits.PER_SECOND * Limits.load().toSeconds() / 2;
    Limits.awaitAnswers(load, enough);
    load.finish();
    return load;
  }

  private static long p99(Histogram micros) {
    return micros.getValueAtPercentile(99);
  }
}
