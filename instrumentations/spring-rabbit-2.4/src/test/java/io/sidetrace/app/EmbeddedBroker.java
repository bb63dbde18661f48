package io.sidetrace.app;

import java.nio.file.Path;
import java.util.Map;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener.DefaultSystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.SystemConfig;

/** An AMQP 0-9-1 broker in this JVM, on a free port, that keeps its messages in memory. */
final class EmbeddedBroker extends DefaultSystemLauncherListener implements AutoCloseable {
  private final SystemLauncher launcher = new SystemLauncher(this);
  private volatile SystemConfig<?> system;

  private EmbeddedBroker() {}

  static EmbeddedBroker start(Path directory) throws Exception {
    var broker = new EmbeddedBroker();
    broker.launcher.startup(
        Map.of(
            "type",
            "Memory",
            "startupLoggedToSystemOut",
            "false",
            "qpid.work_dir",
            directory.toString(),
            "initialConfigurationLocation",
            EmbeddedBroker.class.getResource("/broker.json").toExternalForm()));
    return broker;
  }

  int port() {
    return ((Broker<?>) system.getContainer()).getPorts().iterator().next().getBoundPort();
  }

  @Override
  public void onContainerResolve(SystemConfig<?> resolved) {
    system = resolved;
  }

  @Override
  public void close() {
    launcher.shutdown();
  }
}
