package io.sidetrace.instrumentation.quarkusrest;

import io.sidetrace.agent.api.Attachments;
import io.sidetrace.agent.api.Context;
import io.sidetrace.agent.api.Previous;
import io.sidetrace.agent.api.ServerCall;
import org.jboss.resteasy.reactive.server.mapping.RuntimeResource;
import org.jboss.resteasy.reactive.server.mapping.URITemplate;
import org.jspecify.annotations.Nullable;

/**
 * What runs at the methods that {@link QuarkusRestInstrumentation} names. A request gives itself to
 * event loops and worker threads, where it goes on in the context it was first run in.
 */
public final class RequestAdvice {
  private static final Attachments<Object, Context> BOUND = new Attachments<>();

  private RequestAdvice() {}

  public static void enterRestart(Object request, @Nullable RuntimeResource resource) {
    Context context = Context.current();
    ServerCall call = context == null ? null : context.serverCall();
    if (call != null && resource != null) {
      call.route(template(resource.getClassPath()).concat(template(resource.getPath())));
    }
  }

  public static @Nullable Previous enterRun(Object request) {
    Context here = Context.current();
    Context bound = BOUND.get(request);
    if (bound == null && here != null) {
      BOUND.put(request, here);
    }
    return bound == null || bound == here ? null : Previous.attach(bound);
  }

  public static void exitRun(@Nullable Previous previous, @Nullable Throwable thrown) {
    Previous.restore(previous);
  }

  private static String template(@Nullable URITemplate path) {
    String template = path == null ? "" : path.template;
    return template.equals("/") ? "" : template;
  }
}
