package io.sidetrace.daemon.export.console;

import io.sidetrace.daemon.export.Exporter;
import io.sidetrace.daemon.export.Outcome;
import io.sidetrace.daemon.shape.Observation;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;

/**
 * Prints trace trees. A view, no store: spans count as exported when they arrive here, up to five
 * seconds before their trace is printed.
 */
public final class ConsoleExporter implements Exporter<Observation> {
  private static final long TICK_MILLIS = 50;

  private final PrintStream out;
  private final TraceAssembler assembler;
  private final Thread printer = new Thread(this::print, "sidetrace-console");
  private boolean closed;

  /**
   * @param out not closed
   * @param width columns of a line
   */
  public ConsoleExporter(PrintStream out, Paint paint, int width) {
    this(out, paint, width, trace -> true);
  }

  /**
   * @param wanted which traces to print; called with the lock held
   */
  public ConsoleExporter(
      PrintStream out, Paint paint, int width, Predicate<List<Observation>> wanted) {
    this.out = out;
    TreePrinter trees = new TreePrinter(paint, width, ZoneId.systemDefault());
    this.assembler =
        new TraceAssembler(
            (spans, late) -> {
              if (wanted.test(spans)) {
                out.print(trees.print(spans, late));
              }
            });
    printer.setDaemon(true);
    printer.start();
  }

  @Override
  public String name() {
    return "console";
  }

  @Override
  public int parallel() {
    return 1;
  }

  @Override
  public Observation prepare(Observation observation) {
    return observation;
  }

  @Override
  public int bytes(Observation prepared) {
    return prepared.estimatedBytes();
  }

  @Override
  public synchronized Outcome export(List<Observation> batch) {
    long now = System.nanoTime();
    batch.forEach(span -> assembler.add(span, now));
    return new Outcome.Accepted();
  }

  private synchronized void print() {
    try {
      while (!closed) {
        wait(TICK_MILLIS);
        assembler.release(System.nanoTime());
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Prints what it still holds. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
    assembler.releaseAll();
    out.flush();
  }
}
