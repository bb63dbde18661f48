package io.sidetrace.instrumentation.testing;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The contract's application as a servlet. */
public final class ContractServlet extends HttpServlet {
  private final transient ContractApplication application;

  public ContractServlet(ContractApplication application) {
    this.application = application;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    try {
      application.handle(new Exchange(request, response));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new ServletException(e);
    }
  }

  private record Exchange(HttpServletRequest request, HttpServletResponse response)
      implements ServedExchange {

    @Override
    public String path() {
      return request.getRequestURI();
    }

    @Override
    public @Nullable String header(String name) {
      return request.getHeader(name);
    }

    @Override
    public InputStream requestBody() throws IOException {
      return request.getInputStream();
    }

    @Override
    public OutputStream respond(int status, Map<String, String> headers, long length)
        throws IOException {
      response.setStatus(status);
      headers.forEach(response::setHeader);
      if (length > 0) {
        response.setContentLengthLong(length);
      }
      return response.getOutputStream();
    }

    @Override
    public void later(Work work) {
      AsyncContext async = request.startAsync();
      var thread =
          new Thread(
              () -> {
                try {
                  work.run();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                } finally {
                  async.complete();
                }
              });
      thread.start();
    }
  }
}
