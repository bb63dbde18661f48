package io.sidetrace.app.redeploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import org.apache.http.client.methods.CloseableHttpResponse;
import org.apache.http.client.methods.HttpPost;
import org.apache.http.entity.ByteArrayEntity;
import org.apache.http.entity.ContentType;
import org.apache.http.impl.client.CloseableHttpClient;
import org.apache.http.impl.client.HttpClients;
import org.apache.http.util.EntityUtils;

/**
 * A web application's only class. It asks the model through a client of its own, and once more on a
 * thread that outlives it.
 */
public final class AskServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final URI MODEL =
      URI.create(System.getenv("OPENAI_BASE_URL") + "/chat/completions");

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] question = request.getInputStream().readAllBytes();
    CompletableFuture<byte[]> again =
        CompletableFuture.supplyAsync(() -> askWithTheJdk(question), ForkJoinPool.commonPool());
    response.setContentType("application/json");
    response.getOutputStream().write(ask(question));
    again.join();
  }

  private static byte[] ask(byte[] question) throws IOException {
    HttpPost post = new HttpPost(MODEL);
    post.setEntity(new ByteArrayEntity(question, ContentType.APPLICATION_JSON));
    try (CloseableHttpClient http = HttpClients.createDefault();
        CloseableHttpResponse answer = http.execute(post)) {
      return EntityUtils.toString(answer.getEntity(), UTF_8).getBytes(UTF_8);
    }
  }

  private static byte[] askWithTheJdk(byte[] question) {
    try {
      HttpURLConnection connection = (HttpURLConnection) MODEL.toURL().openConnection();
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(question);
      try (InputStream answer = connection.getInputStream()) {
        return answer.readAllBytes();
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
