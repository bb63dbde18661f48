package io.sidetrace.daemon.kill;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.IncompatibleThreadStateException;
import com.sun.jdi.Method;
import com.sun.jdi.ReferenceType;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.Connector;
import com.sun.jdi.connect.IllegalConnectorArgumentsException;
import com.sun.jdi.connect.ListeningConnector;
import com.sun.jdi.event.BreakpointEvent;
import com.sun.jdi.event.ClassPrepareEvent;
import com.sun.jdi.event.Event;
import com.sun.jdi.event.EventSet;
import com.sun.jdi.request.BreakpointRequest;
import com.sun.jdi.request.ClassPrepareRequest;
import com.sun.jdi.request.EventRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Stops one thread of a JVM where it enters a method, so that the process can be killed exactly
 * there: a debugger needs no hooks in the code that is tested. The other threads go on.
 */
final class Breakpoint implements AutoCloseable {
  private final String type;
  private final String method;
  private final ListeningConnector connector;
  private final Map<String, Connector.Argument> arguments;
  private final String address;

  /** The method is named by its class and name; all its overloads are meant. */
  Breakpoint(String type, String method) throws IOException {
    this.type = type;
    this.method = method;
    this.connector =
        Bootstrap.virtualMachineManager().listeningConnectors().stream()
            .filter(each -> each.transport().name().equals("dt_socket"))
            .findFirst()
            .orElseThrow();
    this.arguments = connector.defaultArguments();
    arguments.get("localAddress").setValue("127.0.0.1");
    arguments.get("port").setValue("0");
    arguments.get("timeout").setValue("" + Duration.ofSeconds(60).toMillis());
    try {
      this.address = connector.startListening(arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }

  /** For the JVM that is to stop. It waits for {@link #awaitHit} before its main method. */
  String jvmOption() {
    return "-agentlib:jdwp=transport=dt_socket,server=n,suspend=y,address=" + address;
  }

  /**
   * Lets the JVM run until a thread has entered the method.
   *
   * @param skip how many times it may enter before
   * @param unlessIn calls from a method of this name do not count
   */
  void awaitHit(int skip, String unlessIn, Duration limit) throws Exception {
    VirtualMachine jvm = connector.accept(arguments);
    ClassPrepareRequest prepare = jvm.eventRequestManager().createClassPrepareRequest();
    prepare.addClassFilter(type);
    prepare.enable();
    jvm.resume();
    long deadline = System.nanoTime() + limit.toNanos();
    int left = skip;
    while (true) {
      EventSet events = jvm.eventQueue().remove(limit.toMillis());
      if (events == null || System.nanoTime() - deadline > 0) {
        throw new AssertionError("waited in vain for a call of " + type + "." + method);
      }
      for (Event event : events) {
        if (event instanceof ClassPrepareEvent prepared) {
          stopAtEntry(prepared.referenceType());
        } else if (event instanceof BreakpointEvent hit
            && !isWithin(unlessIn, hit.thread())
            && left-- == 0) {
          return;
        }
      }
      events.resume();
    }
  }

  private void stopAtEntry(ReferenceType found) {
    List<Method> methods = found.methodsByName(method);
    if (methods.isEmpty()) {
      throw new AssertionError(type + " has no method " + method + " any more");
    }
    for (Method each : methods) {
      BreakpointRequest stop =
          found.virtualMachine().eventRequestManager().createBreakpointRequest(each.location());
      stop.setSuspendPolicy(EventRequest.SUSPEND_EVENT_THREAD);
      stop.enable();
    }
  }

  private static boolean isWithin(String caller, ThreadReference thread)
      throws IncompatibleThreadStateException {
    return thread.frames().stream().anyMatch(f -> f.location().method().name().equals(caller));
  }

  @Override
  public void close() throws IOException {
    try {
      connector.stopListening(arguments);
    } catch (IllegalConnectorArgumentsException e) {
      throw new IllegalStateException(e);
    }
  }
}
