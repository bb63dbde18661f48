package io.sidetrace.agent.boot;

import io.sidetrace.agent.api.CaptureSettings;
import io.sidetrace.agent.api.Guard;
import io.sidetrace.agent.api.Tracer;
import io.sidetrace.agent.config.AgentConfig;
import io.sidetrace.agent.config.ConfigException;
import io.sidetrace.agent.config.Instance;
import io.sidetrace.agent.log.Log;
import io.sidetrace.agent.pipeline.Pipeline;
import io.sidetrace.agent.weave.Instrumentations;
import io.sidetrace.agent.weave.Weaver;
import io.sidetrace.agent.weave.WeaverOptions;
import io.sidetrace.event.Event.Origin;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Starts the agent: settings, then the road of events, then the weaving. Runs before {@code main},
 * on the application's time: what can wait does, files and connections on the drainer's thread.
 */
public final class Boot {

  private Boot() {}

  /**
   * Called once by {@code Premain}, in the agent's own loader.
   *
   * @param argument what the user wrote behind the jar's path
   * @return why the agent does not run, one line; null if it runs or the user switched it off
   * @throws Exception if the agent is damaged or the JVM denies what it needs; nothing is left
   *     behind
   */
  public static @Nullable String start(
      @Nullable String argument, java.lang.instrument.Instrumentation jvm) throws Exception {
    var warnings = new ArrayList<String>();
    AgentConfig config;
    try {
      config = AgentConfig.read(argument, warnings);
    } catch (ConfigException e) {
      return e.getMessage() + "; the application runs untraced";
    }
    if (!config.enabled()) {
      return null;
    }
    Log log = Log.onStderr(config.debug());
    for (String warning : warnings) {
      log.warn(warning, warning);
    }
    Origin origin = Instance.origin(config);
    Pipeline pipeline = Pipeline.start(config, origin, log);
    try {
      weave(config, log, jvm);
    } catch (Throwable e) {
      pipeline.close();
      throw e;
    }
    Guard.listener(new GuardListener(log));
    Tracer.install(new Tracer(settings(config, origin), new QueueSink(pipeline.queue())));
    return null;
  }

  private static void weave(AgentConfig config, Log log, java.lang.instrument.Instrumentation jvm)
      throws Exception {
    ClassLoader agent = Boot.class.getClassLoader();
    Weaver.install(
        jvm,
        Instrumentations.packed(agent),
        new WeaverOptions(config.disabledInstrumentations(), agent, config.debugDump()),
        new WeavingLog(log));
  }

  private static CaptureSettings settings(AgentConfig config, Origin origin) {
    return new CaptureSettings(
        origin,
        config.serverBodyBytes(),
        config.clientBodyBytes(),
        config.userHeader(),
        config.sessionHeader(),
        config.tagHeaders(),
        config.ignorePaths(),
        config.llmUrls(),
        config.propagate());
  }
}
