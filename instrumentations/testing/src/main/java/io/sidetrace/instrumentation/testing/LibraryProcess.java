package io.sidetrace.instrumentation.testing;

import io.sidetrace.instrumentation.testing.coverage.Library;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * A library in a JVM of its own, for a benchmark: as its contract's test has it, with no agent but
 * one that the command line brings. Its first argument is the test's class, the second the port of
 * the benchmark on the loopback address, which it connects to and obeys:
 *
 * <pre>
 *   hello     := library UTF · its version UTF · port of the server, or 0, int
 *   command   := "allocated" UTF           answered with bytes of all threads so far, long
 *              | "call" UTF · …            as CallLoop reads and answers it; clients only
 * </pre>
 *
 * <p>It ends when the benchmark hangs up.
 */
public final class LibraryProcess {
  /** Whose CPU time is the calling thread's. */
  private static final String CALLER = "caller";

  private LibraryProcess() {}

  public static void main(String[] args) throws Exception {
    InProcessAgent.leaveOut();
    // Or the JDK's server sends the end of each answer 40 ms after its head.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    Object test = newInstance(Class.forName(args[0]));
    int port = Integer.parseInt(args[1]);
    FutureTask<Void> work =
        new FutureTask<>(
            () -> {
              obey(test, port);
              return null;
            });
    new Thread(work, CALLER).start();
    work.get();
    System.exit(0); // clients and servers have threads that do not end
  }

  /** Tests are for their package. */
  private static Object newInstance(Class<?> test) throws ReflectiveOperationException {
    var constructor = test.getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }

  private static void obey(Object test, int port) throws Exception {
    try (Socket benchmark = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var in = new DataInputStream(benchmark.getInputStream());
      var out = new DataOutputStream(new BufferedOutputStream(benchmark.getOutputStream()));
      if (test instanceof ClientContract client) {
        greet(client.library(), 0, out);
        obey(in, out, new CallLoop(client.caller()));
      } else {
        ServerFixture server = (ServerFixture) test;
        ContractServer running = server.start(server.application);
        server.application.gate.release(Integer.MAX_VALUE / 2);
        greet(server.library(), running.port(), out);
        obey(in, out, null);
      }
    }
  }

  private static void greet(Library library, int port, DataOutputStream out) throws IOException {
    out.writeUTF(library.name());
    out.writeUTF(library.version());
    out.writeInt(port);
    out.flush();
  }

  private static void obey(DataInputStream in, DataOutputStream out, @Nullable CallLoop calls)
      throws Exception {
    AllocatedBytes allocated = new AllocatedBytes();
    while (true) {
      switch (command(in)) {
        case "" -> {
          return;
        }
        case "allocated" -> out.writeLong(allocated.soFar());
        case "call" -> Objects.requireNonNull(calls).obey(in, out);
        default -> throw new IOException("an unknown command");
      }
      out.flush();
    }
  }

  /** Empty when the benchmark has hung up. */
  private static String command(DataInputStream in) throws IOException {
    try {
      return in.readUTF();
    } catch (EOFException e) {
      return "";
    }
  }
}
