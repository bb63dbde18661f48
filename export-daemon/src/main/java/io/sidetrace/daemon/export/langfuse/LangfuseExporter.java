package io.sidetrace.daemon.export.langfuse;

import io.sidetrace.daemon.export.Exporter;
import io.sidetrace.daemon.export.Outcome;
import io.sidetrace.daemon.shape.Observation;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.Deflater;

/** Sends observations to Langfuse as OTLP, each once and whole. */
public final class LangfuseExporter implements Exporter<PreparedSpan> {
  /** Cloud documents 5 MB; the estimate that cut the batch may be off, so there is room to it. */
  private static final int MAX_REQUEST_BYTES = 3_500_000;

  /** Without asking a name server, which may not answer yet when the machine starts. */
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  private final LangfuseClient client;
  private final MediaUploads media;
  private final String name;
  private final String server;
  private final int gzipLevel;
  private final int parallel;

  /**
   * Where Langfuse is and how to speak to it.
   *
   * @param server without a slash at its end
   * @param gzipLevel 0 to 9; -1: the fastest, and none to a server on this machine, where a core
   *     has other work to do and no line is spared
   * @param parallel requests at once
   * @param version of this program, told to the server
   */
  public record Access(
      URI server,
      String publicKey,
      String secretKey,
      Duration timeout,
      int gzipLevel,
      int parallel,
      String version) {

    public Access {
      if (gzipLevel < 0) {
        boolean here = HERE.contains(server.getHost());
        gzipLevel = here ? Deflater.NO_COMPRESSION : Deflater.BEST_SPEED;
      }
    }
  }

  public LangfuseExporter(Access access) {
    this("langfuse", access);
  }

  /**
   * @param name for logs and metrics
   */
  public LangfuseExporter(String name, Access access) {
    this.name = name;
    this.client =
        new LangfuseClient(
            access.server(),
            access.publicKey(),
            access.secretKey(),
            access.timeout(),
            access.version());
    this.media =
        new MediaUploads(
            () ->
                new MediaStore(
                    access.server(), access.publicKey(), access.secretKey(), access.timeout()));
    this.server = access.server().toString();
    this.gzipLevel = access.gzipLevel();
    this.parallel = access.parallel();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int parallel() {
    return parallel;
  }

  @Override
  public PreparedSpan prepare(Observation observation) {
    return PreparedSpan.of(observation);
  }

  @Override
  public int bytes(PreparedSpan prepared) {
    return prepared.bytes();
  }

  @Override
  public Outcome export(List<PreparedSpan> batch) throws InterruptedException {
    List<PreparedSpan> ready = new ArrayList<>(batch.size());
    for (PreparedSpan span : batch) {
      Observation unsettled = span.media();
      Outcome hindrance = unsettled == null ? null : media.settle(unsettled);
      if (hindrance != null) {
        return hindrance;
      }
      ready.add(unsettled == null ? span : PreparedSpan.encoded(media.settled(unsettled)));
    }
    byte[] request = OtlpRequest.of(ready);
    if (request.length > MAX_REQUEST_BYTES && batch.size() > 1) {
      return new Outcome.TooLarge(request.length + " bytes, " + MAX_REQUEST_BYTES + " are allowed");
    }
    try {
      return Answers.outcome(client.post(Gzip.pack(request, gzipLevel)), server);
    } catch (IOException e) {
      return new Outcome.Retry(null, "no answer from " + server + ": " + reason(e));
    }
  }

  private static String reason(IOException e) {
    if (e instanceof ConnectException) {
      return "cannot connect"; // it comes without a message
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    // The client's threads end with their last request.
  }
}
