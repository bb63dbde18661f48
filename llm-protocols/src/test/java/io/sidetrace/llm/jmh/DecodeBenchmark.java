package io.sidetrace.llm.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sidetrace.llm.Exchange;
import io.sidetrace.llm.Generation;
import io.sidetrace.llm.Protocols;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Decoding next to Jackson's {@code readTree} of the same bytes: the request, and the response as a
 * whole or, streamed, the data of each event. Run {@link #main}; the bytes of an exchange, to come
 * from exchanges to megabytes, are printed by {@link #prepare}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DecodeBenchmark {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Param({
    "answer",
    "messages",
    "gemini",
    "stream",
    "messages-stream",
    "gemini-stream",
    "responses-stream"
  })
  public String kind = "answer";

  /** What the JVM ran before: nothing else, or, as in a daemon, exchanges of all kinds. */
  @Param({"alone", "mixed"})
  public String company = "alone";

  private Exchange exchange = Exchange.to("").build();

  public static void main(String[] args) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(DecodeBenchmark.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }

  @Setup
  public void prepare(Blackhole hole) throws IOException {
    if (company.equals("mixed")) {
      for (int i = 0; i < 5_000; i++) {
        for (Exchange other : BenchmarkExchanges.ALL.values()) {
          exchange = other;
          hole.consume(decode());
          readTree(hole);
        }
      }
    }
    exchange = Objects.requireNonNull(BenchmarkExchanges.ALL.get(kind), kind);
    int bytes = exchange.request().length + exchange.response().length;
    System.out.println("bytes of an exchange: " + bytes);
  }

  @Benchmark
  public Generation decode() {
    return Protocols.decode(exchange);
  }

  @Benchmark
  public void readTree(Blackhole hole) throws IOException {
    hole.consume(MAPPER.readTree(exchange.request()));
    byte[] body = exchange.response();
    if (body[0] == '{') {
      hole.consume(MAPPER.readTree(body));
      return;
    }
    int at = 0;
    while (at < body.length) {
      int end = at;
      while (end < body.length && body[end] != '\n') {
        end++;
      }
      if (end > at + 6 && body[at] == 'd' && body[at + 6] == '{') {
        JsonNode event = MAPPER.readTree(body, at + 6, end - at - 6);
        hole.consume(event);
      }
      at = end + 1;
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
