package io.sidetrace.benchmarks.app;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A library of an instrumentation's tests in a JVM of its own, directed over a connection: its
 * other end, and what goes over it, is {@code LibraryProcess} beside the contracts.
 */
public final class LibraryJvm implements AutoCloseable {
  private static final String MAIN = "io.sidetrace.instrumentation.testing.LibraryProcess";
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long HIGHEST_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final SubjectJvm jvm;
  private final Socket connection;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final String library;
  private final int port;

  /**
   * @param bodyBytes of all answers
   */
  public record Calls(Histogram nanos, long bodyBytes) {}

  private LibraryJvm(SubjectJvm jvm, Socket connection) throws IOException {
    this.jvm = jvm;
    this.connection = connection;
    connection.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(connection.getInputStream()));
    out = new DataOutputStream(new BufferedOutputStream(connection.getOutputStream()));
    library = in.readUTF() + " " + in.readUTF();
    port = in.readInt();
  }

  /**
   * Returns when it is ready.
   *
   * @param cpus as for {@code taskset -c}
   */
  public static LibraryJvm start(
      LibraryTest test, Subject subject, Artifacts files, Surroundings around, String cpus)
      throws IOException {
    try (ServerSocket here = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> rest =
          List.of(
              "-cp",
              test.classPath(),
              MAIN,
              test.className(),
              Integer.toString(here.getLocalPort()));
      SubjectJvm jvm = SubjectJvm.start(subject, files, around, test.name(), cpus, Map.of(), rest);
      try {
        return new LibraryJvm(jvm, accept(here, jvm));
      } catch (IOException e) {
        String said = jvm.said();
        jvm.close();
        throw new IOException(test.name() + " did not come up\n" + said, e);
      }
    }
  }

  private static Socket accept(ServerSocket here, SubjectJvm jvm) throws IOException {
    here.setSoTimeout(100);
    long deadline = System.nanoTime() + START_NANOS;
    while (true) {
      try {
        return here.accept();
      } catch (SocketTimeoutException e) {
        if (!jvm.isAlive() || System.nanoTime() > deadline) {
          throw e;
        }
      }
    }
  }

  /** Its name and version. */
  public String library() {
    return library;
  }

  /** Of a server. */
  public int port() {
    return port;
  }

  public SubjectJvm jvm() {
    return jvm;
  }

  /** What the JVM's threads have allocated so far. */
  public long allocatedBytes() throws IOException {
    out.writeUTF("allocated");
    out.flush();
    return in.readLong();
  }

  /**
   * Has a client make one call after the other, until there are so many or the time is over.
   *
   * @param perSecond 0: each as soon as the last was answered
   */
  public Calls call(String uri, byte[] body, int mostCalls, Duration atMost, int perSecond)
      throws IOException {
    out.writeUTF("call");
    out.writeUTF(uri);
    out.writeInt(body.length);
    out.write(body);
    out.writeInt(mostCalls);
    out.writeInt((int) atMost.toMillis());
    out.writeInt(perSecond);
    out.flush();
    try {
      Histogram nanos = new Histogram(HIGHEST_NANOS, 3);
      for (int calls = in.readInt(); calls > 0; calls--) {
        nanos.recordValue(in.readLong());
      }
      return new Calls(nanos, in.readLong());
    } catch (IOException e) {
      throw new IOException(library + " failed\n" + jvm.said(), e);
    }
  }

  @Override
  public void close() {
    try (jvm) {
      connection.close();
    } catch (IOException e) {
      throw new IllegalStateException("closing the connection to " + library + " failed", e);
    }
  }
}
