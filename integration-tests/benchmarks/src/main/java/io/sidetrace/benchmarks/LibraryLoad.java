package io.sidetrace.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sidetrace.benchmarks.app.LibraryJvm;
import io.sidetrace.benchmarks.load.Load;
import io.sidetrace.benchmarks.load.Workload;
import java.io.IOException;
import java.time.Duration;
import org.HdrHistogram.Histogram;

/** What a library's JVM does in its turn: one call or one request at a time. */
interface LibraryLoad {
  /** For all calls of a warming. */
  Duration PATIENCE = Duration.ofSeconds(60);

  /** A request that is due must not wait for the one before. */
  int CONNECTIONS = 16;

  /**
   * @param unit of the latencies, in microseconds
   * @param bodyBytes asked and answered
   */
  record Done(Histogram latencies, double unit, long bodyBytes) {
    long calls() {
      return latencies.getTotalCount();
    }

    double micros(double percentile) {
      return latencies.getValueAtPercentile(percentile) * unit;
    }
  }

  /** In tables. */
  String name();

  /** Returns how many there were. */
  long warm(LibraryJvm jvm, int calls) throws IOException, InterruptedException;

  /** At the plan's rate, or in a closed loop if it has none. */
  Done during(LibraryJvm jvm, Plan plan) throws IOException, InterruptedException;

  /** A client that asks a model. */
  record OfClient(String name, String uri, byte[] body) implements LibraryLoad {

    static OfClient asking(String name, String uri, String json) {
      return new OfClient(name, uri, json.getBytes(UTF_8));
    }

    @Override
    public long warm(LibraryJvm jvm, int calls) throws IOException {
      return jvm.call(uri, body, calls, PATIENCE, 0).nanos().getTotalCount();
    }

    @Override
    public Done during(LibraryJvm jvm, Plan plan) throws IOException {
      LibraryJvm.Calls calls =
          jvm.call(uri, body, Integer.MAX_VALUE, plan.turn(), plan.perSecond());
      long asked = body.length * calls.nanos().getTotalCount();
      return new Done(calls.nanos(), 1e-3, asked + calls.bodyBytes());
    }
  }

  /**
   * A server.
   *
   * @param bodyBytes of one request and its answer
   */
  record OfServer(String name, Workload workload, long bodyBytes) implements LibraryLoad {

    @Override
    public long warm(LibraryJvm jvm, int calls) throws InterruptedException {
      return new Load(jvm.port(), 1).closed(workload, calls, PATIENCE).whole().requests();
    }

    @Override
    public Done during(LibraryJvm jvm, Plan plan) throws InterruptedException {
      Load.Result result =
          (plan.perSecond() == 0
                  ? new Load(jvm.port(), 1).closed(workload, plan.turn())
                  : new Load(jvm.port(), CONNECTIONS).open(workload, plan.perSecond(), plan.turn()))
              .whole();
      return new Done(result.micros(), 1, bodyBytes * result.requests());
    }
  }
}
