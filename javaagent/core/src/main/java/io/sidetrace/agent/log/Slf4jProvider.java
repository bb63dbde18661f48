package io.sidetrace.agent.log;

import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.helpers.NOPMDCAdapter;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Brings warnings of the libraries we carry to our {@link Log}. Found by {@link
 * java.util.ServiceLoader} in the agent's own loader, where no other provider is; the line in
 * {@code META-INF/services} is in the packed agent only, since beside an application's provider
 * there would be two.
 *
 * <p>Without it what Jedis has to say is lost, and slf4j complains on standard error about that.
 */
public final class Slf4jProvider implements SLF4JServiceProvider {
  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter mdc = new NOPMDCAdapter();
  private @Nullable ILoggerFactory loggers;

  @Override
  public void initialize() {
    Log log = Log.onStderr(false);
    loggers = name -> new Slf4jLogger(name, log);
  }

  @Override
  @SuppressWarnings("NullAway") // SLF4J calls initialize first.
  public @Nullable ILoggerFactory getLoggerFactory() {
    return loggers;
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return mdc;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }
}
