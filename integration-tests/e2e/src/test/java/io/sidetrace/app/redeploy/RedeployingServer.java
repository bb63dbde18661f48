package io.sidetrace.app.redeploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A Tomcat that deploys the same web application again and again, as a developer or an operator
 * does, and tells how many of the class loaders it gave up are gone.
 *
 * <p>Arguments: the web application's directory, how often, the body to post to it.
 */
public final class RedeployingServer {
  private static final long LIMIT_NANOS = 20_000_000_000L;

  private RedeployingServer() {}

  public static void main(String[] args) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(Path.of(args[0]).getParent().toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    tomcat.getHost();
    tomcat.start();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    for (int i = 0; i < Integer.parseInt(args[1]); i++) {
      loaders.add(new WeakReference<>(deployOnce(tomcat, args[0], args[2])));
    }
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (left(loaders) > 0 && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    System.out.println("left " + left(loaders) + " of " + loaders.size());
    tomcat.stop();
  }

  private static ClassLoader deployOnce(Tomcat tomcat, String directory, String body)
      throws Exception {
    Context context = tomcat.addContext("/app", directory);
    Tomcat.addServlet(context, "ask", AskServlet.class.getName()).addMapping("/ask");
    ClassLoader loader = context.getLoader().getClassLoader();
    System.out.println(post(tomcat.getConnector().getLocalPort(), body));
    context.stop();
    tomcat.getHost().removeChild(context);
    return loader;
  }

  private static long left(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  private static String post(int port, String body) throws IOException {
    URI url = URI.create("http://127.0.0.1:" + port + "/app/ask");
    HttpURLConnection connection = (HttpURLConnection) url.toURL().openConnection();
    connection.setDoOutput(true);
    connection.getOutputStream().write(body.getBytes(UTF_8));
    try (var answer = connection.getInputStream()) {
      return new String(answer.readAllBytes(), UTF_8);
    }
  }
}
